/** Pumps over OPC UA with Eclipse Milo: sessions, method calls, subscriptions, certificates, reconnect and backfill. */
@org.jspecify.annotations.NullMarked
package io.venule.opcua;
