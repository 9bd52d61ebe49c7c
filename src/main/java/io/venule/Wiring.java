package io.venule;

import io.venule.order.OrderVerifier;
import io.venule.signing.KeyFiles;
import io.venule.signing.Keyring;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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
    static OrderVerifier orderVerifier(@ConfigProperty(name = "venule.keys.directory") Path keys) {
        var root = KeyFiles.verifyingKey(keys.resolve("root.pub"));
        return new OrderVerifier(Keyring.of(root, List.of(KeyFiles.certificate(keys.resolve("order.jws")))));
    }
}
