package io.venule.dose;

import io.venule.druglibrary.DrugLibrary;
import io.venule.prescription.Regimen;
import java.util.List;

/**
 * Checks another dose or rate for an infusion that runs, by the same limits and with the same arithmetic as the program that started it.
 * Source: docs/dose-rules.md; DOMAIN, "Dose arithmetic and limit semantics".
 */
public final class ChangeCheck {
    private ChangeCheck() {}

    /** What the check came to. */
    public sealed interface Verdict {
        record Within(CheckedChange change) implements Verdict {}

        /** Outside soft limits only: there is no change until someone overrides with a reason. */
        record OutsideSoftLimits(ChangeBreach breach) implements Verdict {}

        /**
         * Outside a hard limit, or not to be judged at all.
         *
         * @param breaches every breach, the hard ones first
         * @param arithmetic how the rate was computed, in words
         */
        record OutsideHardLimits(List<Breach> breaches, String arithmetic) implements Verdict {
            public OutsideHardLimits {
                breaches = List.copyOf(breaches);
            }
        }
    }

    /** Judges {@code wanted} by {@code library}, which must be the release that the infusion was started under. */
    public static Verdict check(Infusion infusion, Regimen wanted, DrugLibrary library) {
        var area = library.careArea(infusion.entry().careArea());
        if (area.isEmpty() || !DoseCheck.isInForce(infusion.entry(), library)) {
            return new Verdict.OutsideHardLimits(List.of(DoseCheck.LIBRARY_CHANGED), "");
        }
        var result = Evaluation.of(infusion.at(wanted, area.get()));
        return switch (result.outcome()) {
            case Evaluation.Outcome.NotComputed(var arithmetic) ->
                new Verdict.OutsideHardLimits(result.breaches(), arithmetic);
            case Evaluation.Outcome.Computed(var numbers)
            when result.isHard() -> new Verdict.OutsideHardLimits(result.breaches(), numbers.arithmetic());
            case Evaluation.Outcome.Computed(var numbers) -> {
                var parts = new CheckedChange.Parts(infusion, wanted, library.version(), numbers);
                yield result.breaches().isEmpty()
                        ? new Verdict.Within(new CheckedChange(parts, new SoftLimits.Kept()))
                        : new Verdict.OutsideSoftLimits(new ChangeBreach(result.breaches(), parts));
            }
        };
    }
}
