package io.venule.simulator;

import io.venule.simulator.PumpLibrary.LimitSet;

/** An accepted order with the hash of its text and what it was checked against. */
record Program(OrderText order, String hash, LimitSet limits) {
    boolean is(EndText.Target target) {
        return hash.equals(target.hash()) && order.id().equals(target.id());
    }

    /** In microlitres. */
    long toInfuse() {
        return order.toInfuse().value().thousandths().orElseThrow();
    }
}
