/** Mass, volume, flow rate, dose, concentration, weight and body surface: exact to compute, strict to parse, safe to print. */
@org.jspecify.annotations.NullMarked
package io.venule.quantity;
