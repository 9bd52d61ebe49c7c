package io.venule.pairing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The terms on which one pairing is made.
 *
 * @param id the name of the pairing, if it comes about
 * @param now the instant of the check
 * @param lease how long the pairing holds
 * @param signInAtMost how long ago the nurse may have signed in
 * @param zone the hospital's time zone, in which a bag's last day ends
 */
public record PairingTerms(PairingId id, Instant now, Duration lease, Duration signInAtMost, ZoneId zone) {
    /** How far a clock may run ahead of ours before a sign-in counts as one that never was. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    public PairingTerms {
        if (!lease.isPositive() || !signInAtMost.isPositive()) {
            throw new IllegalArgumentException("a pairing and a sign-in last longer than nothing");
        }
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }

    boolean isRecent(Instant signedIn) {
        return !signedIn.isAfter(now.plus(CLOCK_TOLERANCE))
                && !signedIn.plus(signInAtMost).isBefore(now);
    }
}
