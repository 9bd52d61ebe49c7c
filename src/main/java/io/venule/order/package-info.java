/** The one flow and the order's life. */
@org.jspecify.annotations.NullMarked
package io.venule.order;
