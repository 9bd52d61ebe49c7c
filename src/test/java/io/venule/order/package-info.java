/** Tests of the one flow and of the order's life. */
@org.jspecify.annotations.NullMarked
package io.venule.order;
