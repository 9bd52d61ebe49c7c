package io.venule.store;

import jakarta.inject.Singleton;
import java.time.Duration;

/** {@link Uptime} of this machine. */
@Singleton
final class MachineUptime implements Uptime {
    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }
}
