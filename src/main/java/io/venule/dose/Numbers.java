package io.venule.dose;

import io.venule.quantity.ComputedDose;
import io.venule.quantity.Dose;
import io.venule.quantity.DosingBasis;
import io.venule.quantity.FlowRate;
import java.util.Optional;

/** What was computed for a program that a pump can run. */
record Numbers(DosingBasis basis, FlowRate rate, Given given, String arithmetic) {
    /** What the patient gets. */
    sealed interface Given {
        /** Fluid; no drug is counted. */
        record Fluid() implements Given {}

        record Drug(ComputedDose dose) implements Given {}
    }

    Optional<Dose> deliveredShown() {
        return switch (given) {
            case Given.Fluid() -> Optional.empty();
            case Given.Drug(var dose) -> Optional.of(dose.shown());
        };
    }
}
