package io.venule.simulator;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/**
 * The nonces a channel gave out: each good once, for less than 30 s. The newest sixteen that were asked for are remembered, and apart from them the newest sixteen
 * that came with receipts: however many orders are refused, the nonce that a stop was made with is not forgotten for them. P-07.
 */
final class Nonces {
    static final long LIFETIME_MILLIS = 30_000;
    private static final int KEPT = 16;

    private final RandomGenerator random;
    private final SequencedMap<String, Given> asked = new LinkedHashMap<>();
    private final SequencedMap<String, Given> withReceipts = new LinkedHashMap<>();

    Nonces(RandomGenerator random) {
        this.random = random;
    }

    static String hex(RandomGenerator random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What the pump knew when it gave a nonce: an order made with it cannot be older than that. */
    private record Given(long uptime, CheckpointWatch.Seen log) {}

    /** A new one for a challenge; {@code log} is the largest checkpoint that the pump has cosigned by now. */
    String give(long uptime, CheckpointWatch.Seen log) {
        return give(asked, uptime, log);
    }

    /** A new one that goes along with a receipt. */
    String giveWithReceipt(long uptime, CheckpointWatch.Seen log) {
        return give(withReceipts, uptime, log);
    }

    private String give(SequencedMap<String, Given> given, long uptime, CheckpointWatch.Seen log) {
        var nonce = hex(random);
        given.put(nonce, new Given(uptime, log));
        if (given.size() > KEPT) {
            given.pollFirstEntry();
        }
        return nonce;
    }

    /** The largest checkpoint when this nonce was given; empty where it is not good now, and it never is again. */
    Optional<CheckpointWatch.Seen> take(String nonce, long uptime) {
        return Optional.ofNullable(asked.remove(nonce))
                .or(() -> Optional.ofNullable(withReceipts.remove(nonce)))
                .filter(then -> uptime - then.uptime() < LIFETIME_MILLIS)
                .map(Given::log);
    }
}
