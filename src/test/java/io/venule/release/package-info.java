/** Tests of reading, refusing and signing drug libraries. */
@org.jspecify.annotations.NullMarked
package io.venule.release;
