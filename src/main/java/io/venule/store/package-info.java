/** The durable record in PostgreSQL behind the ports: ward, fleet, orders, pump records and the audit log. */
@org.jspecify.annotations.NullMarked
package io.venule.store;
