package io.venule;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes the plain classes, the clock and the keys. */
final class Wiring {
    private Wiring() {}

    @Produces
    @Singleton
    static InstantSource clock() {
        return InstantSource.system();
    }
}
