package io.venule.druglibrary;

/**
 * Four limits in rising order: hard low ≤ soft low ≤ soft high ≤ hard high. A hard limit cannot be passed; a soft one can, with a reason.
 * A value equal to a limit is inside. Source: DOMAIN, "Limit order must hold".
 */
public record Limits<Q>(Bound<Q> hardLow, Bound<Q> softLow, Bound<Q> softHigh, Bound<Q> hardHigh) {
    public static <Q> Limits<Q> none() {
        return new Limits<>(Bound.none(), Bound.none(), Bound.none(), Bound.none());
    }
}
