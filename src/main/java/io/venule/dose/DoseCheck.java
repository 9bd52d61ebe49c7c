package io.venule.dose;

import io.venule.dose.Breach.Impossible;
import io.venule.dose.Breach.Why;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryEntry;
import io.venule.pairing.Paired;
import java.util.List;

/**
 * Checks what was ordered against the active library's limits for the patient's care area, on the pump that was paired. Every limit is
 * judged: dose, concentration, rate, duration, weight, volume to be infused, and what the pump can be set to. A dose per kg or m² without
 * weight or surface on record is a hard breach, not a pass. All breaches are returned, hard ones first. Reads nothing but its arguments.
 * Source: docs/dose-rules.md; DOMAIN, "Dose arithmetic and limit semantics".
 */
public final class DoseCheck {
    static final Breach LIBRARY_CHANGED = new Impossible(
            Why.LIBRARY_CHANGED,
            "The drug library has changed since the scan. Scan again to use the limits now in force.");

    private DoseCheck() {}

    /** Judges the paired prescription by {@code library}, which must be the release in force. */
    public static DoseVerdict check(Paired paired, DrugLibrary library) {
        var entry = paired.entry();
        var area = library.careArea(entry.careArea());
        if (area.isEmpty() || !isInForce(entry, library)) {
            return new DoseVerdict.OutsideHardLimits(List.of(LIBRARY_CHANGED), "");
        }
        var result = Evaluation.of(Program.of(paired, area.get()));
        return switch (result.outcome()) {
            case Evaluation.Outcome.NotComputed(var arithmetic) ->
                new DoseVerdict.OutsideHardLimits(result.breaches(), arithmetic);
            case Evaluation.Outcome.Computed(var numbers)
            when result.isHard() -> new DoseVerdict.OutsideHardLimits(result.breaches(), numbers.arithmetic());
            case Evaluation.Outcome.Computed(var numbers)
            when result.breaches().isEmpty() ->
                new DoseVerdict.Within(
                        new CheckedDose(new Settings(paired, library.version(), numbers), new SoftLimits.Kept()));
            case Evaluation.Outcome.Computed(var numbers) ->
                new DoseVerdict.OutsideSoftLimits(
                        new SoftBreach(result.breaches(), new Settings(paired, library.version(), numbers)));
        };
    }

    static boolean isInForce(LibraryEntry entry, DrugLibrary library) {
        return library.entry(entry.id()).filter(entry::equals).isPresent();
    }
}
