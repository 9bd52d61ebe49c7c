package io.venule.dose;

import io.venule.dose.Breach.BeyondLimit;
import io.venule.dose.Breach.Origin;
import io.venule.druglibrary.Bound;
import io.venule.druglibrary.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Collects what is wrong with a program. */
final class Findings {
    private final List<Breach> breaches = new ArrayList<>();

    void add(Breach breach) {
        breaches.add(breach);
    }

    void addAll(List<Breach> others) {
        breaches.addAll(others);
    }

    /**
     * A value with its two comparisons. A value equal to a bound is neither below nor above it.
     *
     * @param low how the value is shown when it is too low
     * @param high how it is shown when it is too high; another one where rounding lies between
     */
    record Value<Q>(
            Measure low, Predicate<Q> below, Measure high, Predicate<Q> above, Function<Q, Measure> boundShown) {}

    /** Reports the hardest limit that the value is beyond, on each side. */
    <Q> void judge(Judged judged, Origin origin, Limits<Q> limits, Value<Q> value) {
        if (!reported(judged, origin, LimitName.HARD_LOW, limits.hardLow(), value)) {
            reported(judged, origin, LimitName.SOFT_LOW, limits.softLow(), value);
        }
        if (!reported(judged, origin, LimitName.HARD_HIGH, limits.hardHigh(), value)) {
            reported(judged, origin, LimitName.SOFT_HIGH, limits.softHigh(), value);
        }
    }

    private <Q> boolean reported(Judged judged, Origin origin, LimitName name, Bound<Q> bound, Value<Q> value) {
        return switch (bound) {
            case Bound.None<Q>() -> false;
            case Bound.At<Q>(var limit) -> {
                var low = name == LimitName.HARD_LOW || name == LimitName.SOFT_LOW;
                var beyond = low ? value.below().test(limit) : value.above().test(limit);
                if (beyond) {
                    var shown = low ? value.low() : value.high();
                    add(new BeyondLimit(judged, name, shown, value.boundShown().apply(limit), origin));
                }
                yield beyond;
            }
        };
    }

    /** Every breach once, the hard ones first, otherwise in the order found; of equal limits of several origins the first. */
    List<Breach> hardestFirst() {
        var unique = new ArrayList<Breach>();
        for (var breach : breaches) {
            if (unique.stream().noneMatch(other -> sameLimit(other, breach))) {
                unique.add(breach);
            }
        }
        unique.sort(Comparator.comparing(breach -> !breach.isHard()));
        return List.copyOf(unique);
    }

    private static boolean sameLimit(Breach one, Breach other) {
        return one instanceof BeyondLimit first
                && other instanceof BeyondLimit second
                && first.code().equals(second.code())
                && first.bound().equals(second.bound());
    }
}
