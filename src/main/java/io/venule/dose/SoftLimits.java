package io.venule.dose;

import java.util.List;

/** What became of the soft limits. */
sealed interface SoftLimits {
    /** All kept. */
    record Kept() implements SoftLimits {}

    /** Some passed, for a reason. */
    record Passed(List<Breach> breaches, OverrideReason reason) implements SoftLimits {
        public Passed {
            breaches = List.copyOf(breaches);
        }
    }
}
