package io.venule.simulator;

import java.time.Instant;
import java.time.InstantSource;

/** A pump's two clocks: the time since it was switched on, which only goes forward, and the wall clock, which people set. */
final class PumpClock {
    private final InstantSource source;
    private final Instant boot;
    private long shift;

    PumpClock(InstantSource source) {
        this.source = source;
        this.boot = source.instant();
    }

    long uptime() {
        return source.instant().toEpochMilli() - boot.toEpochMilli();
    }

    long wall() {
        return source.instant().toEpochMilli() + shift;
    }

    void shiftBy(long millis) {
        shift += millis;
    }
}
