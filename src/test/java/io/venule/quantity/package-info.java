/** Tests of quantities and their arithmetic. */
@org.jspecify.annotations.NullMarked
package io.venule.quantity;
