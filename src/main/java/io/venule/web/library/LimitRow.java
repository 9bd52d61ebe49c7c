package io.venule.web.library;

import io.venule.druglibrary.Bound;
import io.venule.druglibrary.Limits;
import java.util.function.Function;

/** Four limits of one thing, written out. */
public record LimitRow(String what, String hardLow, String softLow, String softHigh, String hardHigh) {
    /** What stands where there is no limit: never blank and never zero. Source: DOMAIN, "Null = no limit of that kind". */
    public static final String NO_LIMIT = "no limit";

    static <Q> LimitRow of(String what, Limits<Q> limits, Function<Q, String> print) {
        return new LimitRow(
                what,
                text(limits.hardLow(), print),
                text(limits.softLow(), print),
                text(limits.softHigh(), print),
                text(limits.hardHigh(), print));
    }

    /** Whether anything is limited at all. */
    public boolean limits() {
        return !(hardLow.equals(NO_LIMIT)
                && softLow.equals(NO_LIMIT)
                && softHigh.equals(NO_LIMIT)
                && hardHigh.equals(NO_LIMIT));
    }

    private static <Q> String text(Bound<Q> bound, Function<Q, String> print) {
        return switch (bound) {
            case Bound.None<Q>() -> NO_LIMIT;
            case Bound.At<Q>(var value) -> print.apply(value);
        };
    }
}
