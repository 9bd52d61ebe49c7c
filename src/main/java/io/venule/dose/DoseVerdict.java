package io.venule.dose;

import java.util.List;

/** What the check of a program against the library came to. */
public sealed interface DoseVerdict {
    /** Inside every limit. */
    record Within(CheckedDose dose) implements DoseVerdict {}

    /** Outside soft limits only: there is no dose until someone overrides with a reason. */
    record OutsideSoftLimits(SoftBreach breach) implements DoseVerdict {}

    /**
     * Outside a hard limit, or not to be judged at all: nothing can make a dose of it.
     *
     * @param breaches every breach, the hard ones first
     * @param arithmetic how the rate was computed, in words
     */
    record OutsideHardLimits(List<Breach> breaches, String arithmetic) implements DoseVerdict {
        public OutsideHardLimits {
            breaches = List.copyOf(breaches);
        }

        /** What to do, for the nurse: where only this pump's own limits are passed, another one may do it. */
        public String remedy() {
            return breaches.stream().filter(Breach::isHard).allMatch(OutsideHardLimits::isOfThePump)
                    ? "Take a pump that can do this, and scan its tag."
                    : "Ask the prescriber or the pharmacist.";
        }

        private static boolean isOfThePump(Breach breach) {
            return breach instanceof Breach.BeyondLimit limit && limit.origin() == Breach.Origin.PUMP;
        }
    }
}
