package io.venule.dose;

import io.venule.druglibrary.DrugLibrary;
import java.util.List;
import java.util.Optional;

/**
 * Checks another dose or rate for an infusion that runs, by the same limits and with the same arithmetic as the program that started it;
 * and a bolus from its bag, by the limits of its entry on boluses.
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
    public static Verdict check(Infusion infusion, Wanted wanted, DrugLibrary library) {
        var area = library.careArea(infusion.entry().careArea());
        if (area.isEmpty() || !DoseCheck.isInForce(infusion.entry(), library)) {
            return new Verdict.OutsideHardLimits(List.of(DoseCheck.LIBRARY_CHANGED), "");
        }
        var base = new CheckedChange.Base(infusion, wanted, library.version());
        return switch (wanted) {
            case Wanted.Rate(var regimen) -> ofRate(base, Evaluation.of(infusion.at(regimen, area.get())));
            case Wanted.Bolus(var dose) -> ofBolus(base, BolusCheck.check(infusion.asOrdered(area.get()), dose));
        };
    }

    private static Verdict ofRate(CheckedChange.Base base, Evaluation.Result result) {
        return switch (result.outcome()) {
            case Evaluation.Outcome.NotComputed(var arithmetic) ->
                new Verdict.OutsideHardLimits(result.breaches(), arithmetic);
            case Evaluation.Outcome.Computed(var numbers) ->
                judged(
                        result.breaches(),
                        new CheckedChange.Parts(base, numbers.rate(), Optional.empty(), numbers.arithmetic()));
        };
    }

    private static Verdict ofBolus(CheckedChange.Base base, BolusCheck.Verdict result) {
        return switch (result) {
            case BolusCheck.Verdict.NotComputed(var breaches) -> new Verdict.OutsideHardLimits(breaches, "");
            case BolusCheck.Verdict.Computed(var breaches, var given, var rate, var arithmetic) ->
                judged(breaches, new CheckedChange.Parts(base, rate, Optional.of(given), arithmetic));
        };
    }

    private static Verdict judged(List<Breach> breaches, CheckedChange.Parts parts) {
        if (breaches.stream().anyMatch(Breach::isHard)) {
            return new Verdict.OutsideHardLimits(breaches, parts.arithmetic());
        }
        return breaches.isEmpty()
                ? new Verdict.Within(new CheckedChange(parts, new SoftLimits.Kept()))
                : new Verdict.OutsideSoftLimits(new ChangeBreach(breaches, parts));
    }
}
