/** Who acts: subject, name, roles, and how and when they signed in. */
@org.jspecify.annotations.NullMarked
package io.venule.staff;
