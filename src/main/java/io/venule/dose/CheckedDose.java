package io.venule.dose;

import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.LibraryVersion;
import io.venule.pairing.Paired;
import io.venule.quantity.Dose;
import io.venule.quantity.DosingBasis;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A dose that passed every hard limit, and every soft one or a reason was given. Only {@link DoseCheck} can make one, so holding one
 * is the proof. The rate lies on the step table of the paired pump.
 */
public final class CheckedDose {
    private final Settings settings;
    private final SoftLimits softLimits;

    CheckedDose(Settings settings, SoftLimits softLimits) {
        this.settings = settings;
        this.softLimits = softLimits;
    }

    public Paired paired() {
        return settings.paired();
    }

    /** What to set on the pump: on its step table, rounded down from the exact rate. */
    public FlowRate rate() {
        return settings.numbers().rate();
    }

    /** The volume to be infused. */
    public Volume toInfuse() {
        return settings.paired().prescription().toInfuse();
    }

    /** The ordered dose: per time for a continuous one, in total for an intermittent one; empty for a fluid by rate alone. */
    public Optional<Dose> dose() {
        return Ordered.dose(settings.paired().prescription().regimen());
    }

    /** The ordered duration of an intermittent dose; empty otherwise. */
    public Optional<Duration> duration() {
        return Ordered.duration(settings.paired().prescription().regimen());
    }

    /** What the dose is counted by. */
    public DosingBasis basis() {
        return settings.numbers().basis();
    }

    /** What {@link #rate} really gives, rounded half up to four digits for the eye; empty for a fluid by rate alone. */
    public Optional<Dose> deliveredDose() {
        return settings.numbers().deliveredShown();
    }

    /** The library entry whose limits were checked; its id is the limit set of the order. */
    public LibraryEntry entry() {
        return settings.paired().entry();
    }

    /** The library release that the limits are from. */
    public LibraryVersion version() {
        return settings.version();
    }

    /** The soft limits that were passed; empty when {@link #reason} is. */
    public List<Breach> overridden() {
        return softLimits.overridden();
    }

    /** Why soft limits were passed; empty when none was. */
    public Optional<OverrideReason> reason() {
        return softLimits.why();
    }

    /** Whether two people must look before it is sent. */
    public boolean needsTwoPeople() {
        return entry().drug().needsTwoPeople(reason().isPresent());
    }

    /** How the rate was computed: {@code "5 mcg/kg/min × 70 kg × 60 min/h ÷ 1,600 mcg/mL = 13.125 mL/h → pump 13.1 mL/h"}. */
    public String arithmetic() {
        return settings.arithmetic();
    }

    @Override
    public String toString() {
        return "checked dose for " + settings.paired();
    }
}
