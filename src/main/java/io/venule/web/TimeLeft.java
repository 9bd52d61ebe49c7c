package io.venule.web;

import io.venule.order.Nearness;
import java.time.Duration;

/** How long something is still good for, in words and in a look; in others at 30, 7 and 1 days. Source: EXPECTATIONS row 35. */
public record TimeLeft(Duration left) {
    private static final String GOOD = "good";

    public Shown look() {
        return switch (Nearness.of(left)) {
            case OVER, WITHIN_A_DAY -> new Shown("bad", "x-octagon-fill");
            case WITHIN_A_WEEK -> new Shown("warn", "exclamation-triangle-fill");
            case WITHIN_A_MONTH -> new Shown("low", "hourglass-split");
            case FAR -> new Shown(GOOD, "check-circle-fill");
        };
    }

    /** What the look means. */
    public String word() {
        return switch (Nearness.of(left)) {
            case OVER -> "expired";
            case WITHIN_A_DAY -> "expires within a day";
            case WITHIN_A_WEEK -> "expires within a week, in " + days();
            case WITHIN_A_MONTH -> "expires in " + days();
            case FAR -> "valid";
        };
    }

    private String days() {
        return left.toDays() + (left.toDays() == 1 ? " day" : " days");
    }
}
