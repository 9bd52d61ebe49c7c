package io.venule.simulator;

import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyId;
import io.venule.signing.KeyRole;
import io.venule.signing.Revocations;
import io.venule.signing.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A hospital's keys for tests: root, order key and two pharmacists, all certified for every ward. */
public record WardKeys(SigningKey root, SigningKey order, SigningKey pharmacist, SigningKey colleague, Instant made) {
    public static WardKeys create(Instant now) {
        var random = new SecureRandom();
        return new WardKeys(
                SigningKey.generate(random),
                SigningKey.generate(random),
                SigningKey.generate(random),
                SigningKey.generate(random),
                now);
    }

    /** The certificates that pumps and server take. */
    public List<String> certificates() {
        return List.of(
                certificate(order, KeyRole.ORDER, "*"),
                certificate(pharmacist, KeyRole.LIBRARY_RELEASE, "*"),
                certificate(colleague, KeyRole.LIBRARY_RELEASE, "*"));
    }

    public String certificate(SigningKey key, KeyRole role, String scope) {
        return new KeyCertificate(
                        key.verifyingKey(),
                        role,
                        scope,
                        made.minus(Duration.ofMinutes(5)),
                        made.plus(Duration.ofDays(1)))
                .signedBy(root);
    }

    /** The root's list of revoked keys. */
    public String revocations(long counter, List<KeyId> keys) {
        return new Revocations(counter, made, keys).signedBy(root);
    }

    /** Two release signatures over a library. */
    public List<String> release(long counter, byte[] library) {
        return List.of(release(counter, library, pharmacist, "anna"), release(counter, library, colleague, "ben"));
    }

    String release(long counter, byte[] library, SigningKey key, String signer) {
        return Jws.sign(
                "library-release+jws",
                Json.object()
                        .put("counter", counter)
                        .put("sha256", Digest.of(library))
                        .put("signedAt", made.toEpochMilli())
                        .put("signer", signer)
                        .put("size", library.length)
                        .put("ver", 1)
                        .build(),
                key);
    }
}
