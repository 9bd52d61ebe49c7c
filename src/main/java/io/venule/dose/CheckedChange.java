package io.venule.dose;

import io.venule.druglibrary.LibraryVersion;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import java.util.List;
import java.util.Optional;

/**
 * Another dose or rate for an infusion that runs, or a bolus from its bag, which passed every hard limit, and every soft one or a reason was given. Only
 * {@link ChangeCheck} can make one, so holding one is the proof. The rate lies on the pump's step table.
 */
public final class CheckedChange {
    /** What it is made of. */
    record Parts(Base base, FlowRate rate, Optional<GivenBolus> bolus, String arithmetic) {}

    /** What it is a change of, to what, and by which release. */
    record Base(Infusion infusion, Wanted wanted, LibraryVersion version) {}

    private final Parts parts;
    private final SoftLimits softLimits;

    CheckedChange(Parts parts, SoftLimits softLimits) {
        this.parts = parts;
        this.softLimits = softLimits;
    }

    public Infusion infusion() {
        return parts.base().infusion();
    }

    /** What to set on the pump; for a bolus, while it is given. */
    public FlowRate rate() {
        return parts.rate();
    }

    /** What is wanted. */
    public Wanted wanted() {
        return parts.base().wanted();
    }

    /** The wanted dose; empty for a fluid by rate alone. */
    public Optional<Dose> dose() {
        return switch (wanted()) {
            case Wanted.Rate(var regimen) -> Ordered.dose(regimen);
            case Wanted.Bolus(var dose) -> Optional.of(dose);
        };
    }

    /** What to give once; empty for a change of rate. */
    public Optional<GivenBolus> bolus() {
        return parts.bolus();
    }

    /** The library release that the limits are from. */
    public LibraryVersion version() {
        return parts.base().version();
    }

    /**
     * Whether two people must look before it is sent: a bolus like a program, a change of rate where it passes a soft limit and the drug
     * is one for two people.
     */
    public boolean needsTwoPeople() {
        var drug = infusion().entry().drug();
        return switch (wanted()) {
            case Wanted.Rate rate -> reason().isPresent() && drug.needsTwoPeople(true);
            case Wanted.Bolus bolus -> drug.needsTwoPeople(reason().isPresent());
        };
    }

    public String arithmetic() {
        return parts.arithmetic();
    }

    /** The soft limits that were passed; empty when {@link #reason} is. */
    public List<Breach> overridden() {
        return softLimits.overridden();
    }

    /** Why soft limits were passed; empty when none was. */
    public Optional<OverrideReason> reason() {
        return softLimits.why();
    }

    @Override
    public String toString() {
        return "checked change of " + parts.base().infusion();
    }
}
