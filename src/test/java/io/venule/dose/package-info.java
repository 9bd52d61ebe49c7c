/** Tests of the dose check, with an oracle of its own. */
@org.jspecify.annotations.NullMarked
package io.venule.dose;
