/** Tests of the whole: architecture, start, shipping, documents. */
@org.jspecify.annotations.NullMarked
package io.venule;
