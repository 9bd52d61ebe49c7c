package io.venule.prescription;

import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import java.time.Duration;

/** How the drug is to be given. */
public sealed interface Regimen {
    /** A dose per time, kept up until changed: 5 mcg/kg/min. */
    record Continuous(Dose doseRate) implements Regimen {
        public Continuous {
            if (!doseRate.unit().isRate()) {
                throw new IllegalArgumentException("a continuous regimen has a dose rate");
            }
        }
    }

    /** A total dose over a time: 1 g in 30 min. */
    record Intermittent(Dose total, Duration over) implements Regimen {
        public Intermittent {
            if (total.unit().isRate() || !over.isPositive()) {
                throw new IllegalArgumentException("an intermittent regimen has a total dose and a duration");
            }
        }
    }

    /** A fluid by rate alone: 100 mL/h. */
    record Fluid(FlowRate rate) implements Regimen {}
}
