package io.venule.prescription;

import io.venule.quantity.Concentration;
import io.venule.quantity.Volume;
import java.time.Instant;
import java.util.Optional;

/**
 * One infusion ordered for one patient.
 *
 * @param libraryEntry id of the drug library entry it was ordered from, which fixes drug, care area and limits
 * @param mixture the ordered drug per volume; {@link Mixture.PlainFluid} for a fluid
 * @param toInfuse volume to be infused (VTBI)
 * @param from first instant at which it may be started
 * @param until first instant at which it may no longer be started
 */
public record Prescription(
        PrescriptionId id,
        PatientId patient,
        String drug,
        String libraryEntry,
        Mixture mixture,
        Regimen regimen,
        Volume toInfuse,
        Route route,
        Instant from,
        Instant until,
        boolean active) {
    /** What is in the bag. */
    public sealed interface Mixture {
        record PlainFluid() implements Mixture {}

        record DrugInVolume(Concentration concentration) implements Mixture {}
    }

    /** The ordered concentration; empty for a plain fluid. */
    public Optional<Concentration> concentration() {
        return switch (mixture) {
            case Mixture.PlainFluid() -> Optional.empty();
            case Mixture.DrugInVolume(var concentration) -> Optional.of(concentration);
        };
    }
}
