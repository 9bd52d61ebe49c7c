/** Tests of the durable record, on a real PostgreSQL. */
@org.jspecify.annotations.NullMarked
package io.venule.store;
