package io.venule.simulator;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;

/** The nonces a channel gave out: each good once, for less than 30 s; only the newest sixteen are remembered. */
final class Nonces {
    static final long LIFETIME_MILLIS = 30_000;
    private static final int KEPT = 16;

    private final RandomGenerator random;
    private final LinkedHashMap<String, Long> given = new LinkedHashMap<>();

    Nonces(RandomGenerator random) {
        this.random = random;
    }

    static String hex(RandomGenerator random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    String give(long uptime) {
        var nonce = hex(random);
        given.put(nonce, uptime);
        if (given.size() > KEPT) {
            given.pollFirstEntry();
        }
        return nonce;
    }

    /** Whether this nonce is good now; it never is again. */
    boolean take(String nonce, long uptime) {
        var since = given.remove(nonce);
        return since != null && uptime - since < LIFETIME_MILLIS;
    }
}
