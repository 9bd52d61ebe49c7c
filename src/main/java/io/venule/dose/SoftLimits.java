package io.venule.dose;

import java.util.List;
import java.util.Optional;

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

    /** Those that were passed; empty when {@link #why} is. */
    default List<Breach> overridden() {
        return switch (this) {
            case Kept() -> List.of();
            case Passed passed -> passed.breaches();
        };
    }

    /** Why some were passed; empty when none was. */
    default Optional<OverrideReason> why() {
        return switch (this) {
            case Kept() -> Optional.empty();
            case Passed passed -> Optional.of(passed.reason());
        };
    }
}
