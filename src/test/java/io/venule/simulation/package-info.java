/** The order flow, leases, queues and pumps under one seeded scheduler with virtual time; see docs/simulation.md. */
@org.jspecify.annotations.NullMarked
package io.venule.simulation;
