package io.venule.quantity;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/** When does this bag run out? Source: DOMAIN R10. */
public final class RunOut {
    private static final BigInteger SECONDS_PER_HOUR = BigInteger.valueOf(3_600L);

    private RunOut() {}

    /** Remaining volume ÷ rate, rounded down to the second, so that nobody comes too late; empty while nothing flows. */
    public static Optional<Duration> after(Volume remaining, FlowRate rate) {
        if (rate.microlitresPerHour() == 0) {
            return Optional.empty();
        }
        var seconds = BigInteger.valueOf(remaining.microlitres())
                .multiply(SECONDS_PER_HOUR)
                .divide(BigInteger.valueOf(rate.microlitresPerHour()));
        return Optional.of(Duration.ofSeconds(seconds.longValueExact()));
    }
}
