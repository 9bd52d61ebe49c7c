package io.venule.web.fleet;

import io.venule.order.Nearness;
import io.venule.pump.PumpCertificates;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When the certificates of pumps end, each text read once: a board with thousands of pumps is asked for often. May be asked from any thread. */
final class CertificateEnds {
    /** Texts kept at most; then all are read anew. */
    private static final int MOST = 20_000;

    private final Map<String, Optional<Instant>> ends = new ConcurrentHashMap<>();

    /** Whether the newest of a pump's certificates ends within 30 days, has ended or cannot be read. */
    boolean isSoon(String pem, Instant now) {
        if (ends.size() >= MOST) {
            ends.clear();
        }
        return ends.computeIfAbsent(pem, CertificateEnds::read)
                .filter(end -> Nearness.of(Duration.between(now, end)) == Nearness.FAR)
                .isEmpty();
    }

    private static Optional<Instant> read(String pem) {
        try {
            return Optional.of(PumpCertificates.of(pem).getFirst().getNotAfter().toInstant());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
