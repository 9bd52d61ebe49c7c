/** Tests of the OPC UA edge against simulated pumps over real connections. */
@org.jspecify.annotations.NullMarked
package io.venule.opcua;
