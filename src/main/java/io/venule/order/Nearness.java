package io.venule.order;

import java.time.Duration;

/** How near the end of something is that is good until a known time: said 30, 7 and 1 days before. Source: EXPECTATIONS row 35. */
public enum Nearness {
    FAR,
    WITHIN_A_MONTH,
    WITHIN_A_WEEK,
    WITHIN_A_DAY,
    OVER;

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);

    /** Of what has this time left; negative where it has ended. */
    public static Nearness of(Duration left) {
        if (left.isNegative()) {
            return OVER;
        }
        if (left.compareTo(DAY) < 0) {
            return WITHIN_A_DAY;
        }
        if (left.compareTo(WEEK) < 0) {
            return WITHIN_A_WEEK;
        }
        return left.compareTo(MONTH) < 0 ? WITHIN_A_MONTH : FAR;
    }

    boolean isAtLeast(Nearness other) {
        return compareTo(other) >= 0;
    }
}
