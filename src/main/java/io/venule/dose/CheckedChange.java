package io.venule.dose;

import io.venule.druglibrary.LibraryVersion;
import io.venule.prescription.Regimen;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import java.util.List;
import java.util.Optional;

/**
 * Another dose or rate for an infusion that runs, which passed every hard limit, and every soft one or a reason was given. Only
 * {@link ChangeCheck} can make one, so holding one is the proof. The rate lies on the pump's step table.
 */
public final class CheckedChange {
    /** What it is made of. */
    record Parts(Infusion infusion, Regimen wanted, LibraryVersion version, Numbers numbers) {}

    private final Parts parts;
    private final SoftLimits softLimits;

    CheckedChange(Parts parts, SoftLimits softLimits) {
        this.parts = parts;
        this.softLimits = softLimits;
    }

    public Infusion infusion() {
        return parts.infusion();
    }

    /** What to set on the pump. */
    public FlowRate rate() {
        return parts.numbers().rate();
    }

    /** What is wanted: a dose per time, or a rate alone. */
    public Regimen wanted() {
        return parts.wanted();
    }

    /** The wanted dose; empty for a fluid by rate alone. */
    public Optional<Dose> dose() {
        return Ordered.dose(parts.wanted());
    }

    /** The library release that the limits are from. */
    public LibraryVersion version() {
        return parts.version();
    }

    /** Whether two people must look before it is sent: where it passes a soft limit, and the drug is one for two people. */
    public boolean needsTwoPeople() {
        return reason().isPresent() && infusion().entry().drug().needsTwoPeople(true);
    }

    public String arithmetic() {
        return parts.numbers().arithmetic();
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
        return "checked change of " + parts.infusion();
    }
}
