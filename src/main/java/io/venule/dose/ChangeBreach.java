package io.venule.dose;

import io.venule.quantity.FlowRate;
import java.util.List;
import java.util.Optional;

/** A change outside soft limits. It holds nothing that could be sent until {@link #overriddenFor} makes it. */
public final class ChangeBreach {
    private final List<Breach> breaches;
    private final CheckedChange.Parts parts;

    ChangeBreach(List<Breach> breaches, CheckedChange.Parts parts) {
        this.breaches = List.copyOf(breaches);
        this.parts = parts;
    }

    /** Every soft limit passed; at least one. */
    public List<Breach> breaches() {
        return breaches;
    }

    /** What is wanted. */
    public Wanted wanted() {
        return parts.base().wanted();
    }

    /** What would be given once; empty for a change of rate. */
    public Optional<GivenBolus> bolus() {
        return parts.bolus();
    }

    public String arithmetic() {
        return parts.arithmetic();
    }

    /** What would be set on the pump. */
    public FlowRate rate() {
        return parts.rate();
    }

    /** The change, with the reason why its soft limits are passed. */
    public CheckedChange overriddenFor(OverrideReason reason) {
        return new CheckedChange(parts, new SoftLimits.Passed(breaches, reason));
    }
}
