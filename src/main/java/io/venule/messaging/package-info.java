/** Artemis: carries orders to the gateway that holds the pump's session, and relays the audit log to subscribers. */
@org.jspecify.annotations.NullMarked
package io.venule.messaging;
