package io.venule;

import io.venule.order.EnrolledKeys;
import io.venule.order.OrderVerifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes the plain classes, the clock and the keys. */
final class Wiring {
    private Wiring() {}

    @Produces
    @Singleton
    static SecureRandom random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    static InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    static OrderKeyFolder orderKeys(VenuleSettings settings, InstantSource clock) {
        return new OrderKeyFolder(settings.keys(), clock);
    }

    @Produces
    @Singleton
    static OrderVerifier orderVerifier(OrderKeyFolder keys, EnrolledKeys enrolled) {
        return new OrderVerifier(keys::ring, enrolled::wardOf);
    }
}
