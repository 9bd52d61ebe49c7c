package io.venule.dose;

import io.venule.prescription.Regimen;
import io.venule.quantity.Dose;
import java.time.Duration;
import java.util.Optional;

/** What a regimen orders. */
final class Ordered {
    private Ordered() {}

    static Optional<Dose> dose(Regimen regimen) {
        return switch (regimen) {
            case Regimen.Continuous(var rate) -> Optional.of(rate);
            case Regimen.Intermittent intermittent -> Optional.of(intermittent.total());
            case Regimen.Fluid _ -> Optional.empty();
        };
    }

    static Optional<Duration> duration(Regimen regimen) {
        return switch (regimen) {
            case Regimen.Intermittent intermittent -> Optional.of(intermittent.over());
            case Regimen.Continuous _, Regimen.Fluid _ -> Optional.empty();
        };
    }
}
