/** A library version: read, verified, hashed, signed. */
@org.jspecify.annotations.NullMarked
package io.venule.release;
