package io.venule.messaging;

import io.venule.signing.Digest;
import io.venule.signing.KeyFiles;
import io.venule.signing.KeyedHash;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells messages of our own processes from those of whoever else can write to the broker: a keyed hash under a key that only our processes
 * hold, bound to the request's own random number, so that an answer cannot be used twice. Orders do not rest on it; they are signed.
 */
@Singleton
final class ClusterSeal {
    private final KeyedHash key;

    ClusterSeal(@ConfigProperty(name = "venule.keys.directory") Path keys) {
        this.key = new KeyedHash(KeyFiles.secret(keys.resolve("pairing.key")));
    }

    String of(String purpose, String number, String body) {
        return key.of("gateway-" + purpose, number, body).hex();
    }

    boolean holds(String seal, String purpose, String number, String body) {
        return Digest.parse(seal)
                .filter(given -> given.matches(key.of("gateway-" + purpose, number, body)))
                .isPresent();
    }
}
