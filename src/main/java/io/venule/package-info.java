/** The root: {@code Wiring} makes the plain classes, the clock and the keys. */
@org.jspecify.annotations.NullMarked
package io.venule;
