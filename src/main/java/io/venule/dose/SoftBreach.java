package io.venule.dose;

import java.util.List;

/** A program outside soft limits. It holds no dose that could be sent until {@link #overriddenFor} makes one. */
public final class SoftBreach {
    private final List<Breach> breaches;
    private final Settings settings;

    SoftBreach(List<Breach> breaches, Settings settings) {
        this.breaches = List.copyOf(breaches);
        this.settings = settings;
    }

    /** Every soft limit passed; at least one. */
    public List<Breach> breaches() {
        return breaches;
    }

    /** How the rate was computed, in words. */
    public String arithmetic() {
        return settings.arithmetic();
    }

    /** What would be set on the pump: on its step table, rounded down from the exact rate. */
    public io.venule.quantity.FlowRate rate() {
        return settings.numbers().rate();
    }

    /** The dose, with the reason why its soft limits are passed. */
    public CheckedDose overriddenFor(OverrideReason reason) {
        return new CheckedDose(settings, new SoftLimits.Passed(breaches, reason));
    }
}
