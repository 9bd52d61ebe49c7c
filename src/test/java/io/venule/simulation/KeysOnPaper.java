package io.venule.simulation;

import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyId;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import io.venule.signing.OrderKeys;
import io.venule.signing.Revocations;
import io.venule.signing.SigningKey;
import io.venule.simulator.WardKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What lies in the key folder of all servers: two order keys of the day, and at some moment of a run the root's word that one of them must not
 * be believed any more.
 */
final class KeysOnPaper {
    private static final WardKeys KEYS =
            new WardKeys(key(1), key(2), key(3), key(4), World.MORNING.minus(Duration.ofHours(12)));
    private static final List<SigningKey> ORDER_KEYS = List.of(KEYS.order(), key(6));
    private static final OrderKeys ALL = OrderKeys.of(ORDER_KEYS.stream()
            .map(key -> new OrderKeys.Held(key, certificate(key), signed(key)))
            .toList());
    private static final Keyring RING = ALL.ring(KEYS.root().verifyingKey(), World.MORNING);
    private static final Revocations LIST = Revocations.NONE.with(List.of(inUse().id()), World.MORNING);
    private static final String SIGNED_LIST = LIST.signedBy(KEYS.root());
    private static final Standing AT_FIRST = new Standing(Revocations.NONE, Optional.empty(), ALL, RING);
    private static final Standing AFTERWARDS =
            new Standing(LIST, Optional.of(SIGNED_LIST), ALL.without(LIST), RING.under(LIST));

    private Standing folder = AT_FIRST;

    /**
     * What counts for a process that has read the folder.
     *
     * @param keys the keys that may sign: none that is revoked
     * @param ring the same for checking what was signed
     */
    record Standing(Revocations revoked, Optional<String> signedList, OrderKeys keys, Keyring ring) {
        /** The key that signs now for a pump of the ward. */
        Optional<OrderKeys.Held> signing(Instant from, Instant until) {
            return keys.signing("*", from, until);
        }

        /** As if nothing had ever been revoked. */
        Standing forgetful() {
            return new Standing(revoked, signedList, ALL, RING);
        }
    }

    /** The list is laid into the folder. */
    void revoke() {
        folder = AFTERWARDS;
    }

    Standing read() {
        return folder;
    }

    static WardKeys ward() {
        return KEYS;
    }

    static List<SigningKey> orderKeys() {
        return ORDER_KEYS;
    }

    /** Whether the keys are within their day at this wall clock. */
    static boolean areValidAt(long wall) {
        var made = KEYS.made().toEpochMilli();
        return wall >= made - Duration.ofMinutes(5).toMillis()
                && wall < made + Duration.ofDays(1).toMillis();
    }

    /** The keys that a list names. */
    static List<KeyId> namedIn(String signedList) {
        return Revocations.check(signedList, KEYS.root().verifyingKey()) instanceof Revocations.Checked.Ok(var list)
                ? list.keys()
                : List.of();
    }

    private static SigningKey inUse() {
        return ALL.signing("*", World.MORNING, World.MORNING).orElseThrow().key();
    }

    private static String signed(SigningKey key) {
        return KEYS.certificate(key, KeyRole.ORDER, "*");
    }

    private static KeyCertificate certificate(SigningKey key) {
        return ((KeyCertificate.Checked.Certified)
                        KeyCertificate.check(signed(key), KEYS.root().verifyingKey()))
                .certificate();
    }

    private static SigningKey key(int number) {
        var seed = new byte[SigningKey.SEED_SIZE];
        Arrays.fill(seed, (byte) number);
        return SigningKey.ofSeed(seed);
    }
}
