/** Tests of what a pump is and says. */
@org.jspecify.annotations.NullMarked
package io.venule.pump;
