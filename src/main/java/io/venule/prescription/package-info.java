/** What was ordered for whom. */
@org.jspecify.annotations.NullMarked
package io.venule.prescription;
