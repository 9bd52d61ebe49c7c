/** Tests of the drug library's values and its lint. */
@org.jspecify.annotations.NullMarked
package io.venule.druglibrary;
