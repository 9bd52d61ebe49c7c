package io.venule.web.library;

import java.util.List;

/**
 * One library entry as pages and API show it. Every number is a text with its unit; a limit that is not there is {@link LimitRow#NO_LIMIT} in words.
 *
 * @param mode how it is dosed, in words
 * @param strength what the bag holds, in words
 * @param highAlert class of the high-alert list; empty where it is on none
 * @param limits all limits, the dose first
 * @param caps limits that hold for every entry of the care area
 */
public record EntryView(
        String id,
        String drugCode,
        String drug,
        String rxnorm,
        String highAlert,
        String careAreaCode,
        String careArea,
        String therapy,
        String mode,
        String strength,
        String start,
        List<LimitRow> limits,
        List<LimitRow> caps,
        String usual,
        String source,
        String basis,
        String note) {
    /** The limits shown first: the dose, or the rate of a fluid. */
    public LimitRow first() {
        return limits.getFirst();
    }
}
