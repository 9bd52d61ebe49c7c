/** A fleet of simulated pumps that speak the pump contract over real OPC UA; for tests and the demo, never shipped. */
@org.jspecify.annotations.NullMarked
package io.venule.simulator;
