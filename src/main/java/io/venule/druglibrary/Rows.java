package io.venule.druglibrary;

import io.venule.druglibrary.Bound.At;
import io.venule.druglibrary.Bound.None;
import io.venule.druglibrary.Difference.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Collects what is different between two of the same name. */
final class Rows {
    /** What stands where there is no limit, and where there are no words. */
    private static final String NO_LIMIT = "no limit";

    private static final String NOTHING = "none";

    private final List<Row> rows = new ArrayList<>();

    /** One of the four ends of limits. */
    private enum End {
        HARD_LOW("hard low", true, false),
        SOFT_LOW("soft low", false, false),
        SOFT_HIGH("soft high", false, true),
        HARD_HIGH("hard high", true, true);

        private final String word;
        private final boolean hard;
        private final boolean upper;

        End(String word, boolean hard, boolean upper) {
            this.word = word;
            this.hard = hard;
            this.upper = upper;
        }

        private <Q> Bound<Q> of(Limits<Q> limits) {
            return switch (this) {
                case HARD_LOW -> limits.hardLow();
                case SOFT_LOW -> limits.softLow();
                case SOFT_HIGH -> limits.softHigh();
                case HARD_HIGH -> limits.hardHigh();
            };
        }

        private Flag widened() {
            return hard ? Flag.HARD_WIDENED : Flag.WIDENED;
        }

        private Flag moved(boolean higher) {
            return higher == upper ? widened() : Flag.NARROWED;
        }
    }

    List<Row> all() {
        return List.copyOf(rows);
    }

    void add(String what, String before, String after, Flag flag) {
        rows.add(new Row(what, before, after, flag));
    }

    /** A row where the two are not equal. */
    void compare(String what, String before, String after, Flag flag) {
        if (!before.equals(after)) {
            add(what, said(before), said(after), flag);
        }
    }

    /** Words that limit nothing. */
    void text(String what, String before, String after) {
        compare(what, before, after, Flag.TEXT);
    }

    /** A row for each of the four that is not as it was. */
    <Q> void limits(String what, Limits<Q> before, Limits<Q> after, Scale<Q> scale) {
        for (var end : End.values()) {
            var was = end.of(before);
            var is = end.of(after);
            if (!was.equals(is)) {
                add(what + ", " + end.word, print(was, scale), print(is, scale), flag(was, is, end, scale));
            }
        }
    }

    private static <Q> Flag flag(Bound<Q> before, Bound<Q> after, End end, Scale<Q> scale) {
        return switch (before) {
            case None<Q>() -> Flag.NARROWED;
            case At<Q>(var was) ->
                switch (after) {
                    case None<Q>() -> end.widened();
                    case At<Q>(var is) ->
                        switch (scale.compare(was, is)) {
                            case LOWER -> end.moved(false);
                            case HIGHER -> end.moved(true);
                            case OTHER_UNIT, INCOMPARABLE -> Flag.UNIT_CHANGED;
                            case REWRITTEN -> Flag.TEXT;
                        };
                };
        };
    }

    /** {@code "soft low 0.9 mcg/kg/min, hard high 30 mcg/kg/min"}, or that there is no limit. */
    static <Q> String print(Limits<Q> limits, Scale<Q> scale) {
        var said = Arrays.stream(End.values())
                .filter(end -> end.of(limits) instanceof At<Q>)
                .map(end -> end.word + " " + print(end.of(limits), scale))
                .collect(Collectors.joining(", "));
        return said.isEmpty() ? NO_LIMIT : said;
    }

    /** The word of the unit that limits are in; empty where there is no limit. */
    static <Q> String unit(Limits<Q> limits, Function<Q, String> word) {
        return Arrays.stream(End.values())
                .flatMap(end -> end.of(limits).asOptional().stream())
                .map(word)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    static <Q> String print(Bound<Q> bound, Scale<Q> scale) {
        return bound.asOptional().map(scale::print).orElse(NO_LIMIT);
    }

    /** Words, or that there are none. */
    static String said(String text) {
        return text.isEmpty() ? NOTHING : text;
    }
}
