package io.venule.dose;

import io.venule.druglibrary.DrugLibrary;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Prescription;
import io.venule.pump.PumpModel;
import java.util.List;

/**
 * What a library says of a prescription, for looking back: what the check at the bedside would have said under it. Judges every limit as
 * {@link DoseCheck} does, by the entry that the library holds under the prescription's id, and makes no dose: nothing can be sent on its word.
 * Source: docs/drug-library.md, "What a draft would have done"; EXPECTATIONS row 23.
 */
public final class Hindsight {
    private Hindsight() {}

    /** What a nurse would have met. */
    public enum Level {
        /** Inside every limit. */
        NONE,
        /** Outside soft limits only: a reason would have been asked for. */
        SOFT,
        /** Outside a hard limit, or not to be judged: it would have been stopped. */
        HARD,
        /** The library holds no such entry, or not its care area: there would have been nothing to order from. */
        NO_ENTRY;

        /** Whether there would have been no way on. */
        public boolean isStopped() {
            return this == HARD || this == NO_ENTRY;
        }
    }

    /**
     * What one library says.
     *
     * @param breaches every limit passed, the hard ones first; none where there is no entry
     */
    public record Alert(Level level, List<Breach> breaches) {
        public Alert {
            breaches = List.copyOf(breaches);
        }
    }

    /** Judges what was prescribed for a patient of this size on this kind of pump by {@code library}. */
    public static Alert judge(Prescription prescription, BodyMeasures body, PumpModel pump, DrugLibrary library) {
        return library.entry(prescription.libraryEntry())
                .flatMap(entry -> library.careArea(entry.careArea())
                        .map(area -> new Program(
                                new Program.Order(
                                        prescription.mixture(), prescription.regimen(), prescription.toInfuse()),
                                body,
                                pump,
                                entry,
                                area)))
                .map(program -> alert(Evaluation.of(program)))
                .orElseGet(() -> new Alert(Level.NO_ENTRY, List.of()));
    }

    private static Alert alert(Evaluation.Result result) {
        return switch (result.outcome()) {
            case Evaluation.Outcome.NotComputed _ -> new Alert(Level.HARD, result.breaches());
            case Evaluation.Outcome.Computed _ when result.isHard() -> new Alert(Level.HARD, result.breaches());
            case Evaluation.Outcome.Computed _ ->
                new Alert(result.breaches().isEmpty() ? Level.NONE : Level.SOFT, result.breaches());
        };
    }
}
