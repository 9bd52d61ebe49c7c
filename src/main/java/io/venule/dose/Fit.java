package io.venule.dose;

import io.venule.dose.Breach.Impossible;
import io.venule.dose.Breach.Why;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Dosing.Strength;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Prescription.Mixture;
import io.venule.prescription.Regimen;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.quantity.DosingBasis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Do the order, the patient and the library entry fit each other at all, so that there is something to compute and compare? */
final class Fit {
    private Fit() {}

    /** Every reason why not; empty where they fit. */
    static List<Breach> misfits(Program program) {
        var found = new ArrayList<Breach>();
        if (program.order().toInfuse().microlitres() == 0) {
            found.add(new Impossible(Why.VOLUME_DIFFERS, "There is no volume to infuse."));
        }
        regimen(program).ifPresent(found::add);
        strength(program).ifPresent(found::add);
        size(program).ifPresent(found::add);
        return found;
    }

    /** What the ordered dose is counted by; empty where that is not on record. */
    static Optional<DosingBasis> basis(Program program) {
        return basis(per(program.order().regimen()), program.body());
    }

    /** What a dose is counted by; empty where that is not on record. */
    static Optional<DosingBasis> basis(DoseUnit.Per per, BodyMeasures body) {
        return switch (per) {
            case PATIENT -> Optional.of(new DosingBasis.WholePatient());
            case KILOGRAM ->
                switch (body) {
                    case BodyMeasures.Unknown() -> Optional.empty();
                    case BodyMeasures.Weighed(var weight) -> Optional.of(new DosingBasis.ByWeight(weight));
                    case BodyMeasures.WeighedAndMeasured both -> Optional.of(new DosingBasis.ByWeight(both.weight()));
                };
            case SQUARE_METRE ->
                switch (body) {
                    case BodyMeasures.Unknown(), BodyMeasures.Weighed _ -> Optional.empty();
                    case BodyMeasures.WeighedAndMeasured both -> Optional.of(new DosingBasis.BySurface(both.surface()));
                };
        };
    }

    private static DoseUnit.Per per(Regimen regimen) {
        return Ordered.dose(regimen).map(dose -> dose.unit().per()).orElse(DoseUnit.Per.PATIENT);
    }

    private static Optional<Breach> regimen(Program program) {
        return switch (program.entry().dosing()) {
            case Dosing.ContinuousDose continuous ->
                switch (program.order().regimen()) {
                    case Regimen.Continuous(var dose) -> unit(dose, continuous.unit());
                    case Regimen.Intermittent _, Regimen.Fluid _ ->
                        dosing("a dose per time, such as " + continuous.unit().word());
                };
            case Dosing.IntermittentDose intermittent ->
                switch (program.order().regimen()) {
                    case Regimen.Intermittent ordered -> unit(ordered.total(), intermittent.unit());
                    case Regimen.Continuous _, Regimen.Fluid _ ->
                        dosing("a total dose over a time, in "
                                + intermittent.unit().word());
                };
            case Dosing.FluidRate() ->
                switch (program.order().regimen()) {
                    case Regimen.Fluid _ -> Optional.empty();
                    case Regimen.Continuous _, Regimen.Intermittent _ -> dosing("rate alone, in mL/h");
                };
        };
    }

    private static Optional<Breach> unit(Dose ordered, DoseUnit unit) {
        return ordered.comparesWith(Units.one(unit))
                ? Optional.empty()
                : Optional.of(new Impossible(
                        Why.UNIT_DIFFERS,
                        "The order is in " + ordered.unit().word() + ", the library entry in " + unit.word()
                                + "; they do not compare."));
    }

    private static Optional<Breach> dosing(String how) {
        return Optional.of(
                new Impossible(Why.DOSING_DIFFERS, "The library entry is dosed by " + how + "; the order is not."));
    }

    private static Optional<Breach> strength(Program program) {
        return switch (program.order().mixture()) {
            case Mixture.PlainFluid() -> plainFluid(program);
            case Mixture.DrugInVolume(var ordered) ->
                switch (program.entry().strength()) {
                    case Strength.None() ->
                        differs("The order is for " + ordered.print() + ", the library entry counts no drug.");
                    case Strength.Fixed(var fixed)
                    when !fixed.sameStrengthAs(ordered) ->
                        differs("The order is for " + ordered.print() + ", the library entry for " + fixed.print()
                                + ".");
                    case Strength.Fixed _ -> counted(program, ordered.amount().unit());
                    case Strength.Custom(var limits)
                    when !Units.comparable(limits, ordered) ->
                        differs("The order is for " + ordered.print() + ", which the entry's limits do not count.");
                    case Strength.Custom _ -> counted(program, ordered.amount().unit());
                };
        };
    }

    private static Optional<Breach> plainFluid(Program program) {
        var dosed = Ordered.dose(program.order().regimen()).isPresent();
        return switch (program.entry().strength()) {
            case Strength.None() when !dosed -> Optional.empty();
            case Strength.None() -> differs("The order is for a dose, but says no concentration.");
            case Strength.Fixed _, Strength.Custom _ ->
                differs("The order is for a plain fluid, the library entry for a drug in it.");
        };
    }

    private static Optional<Breach> counted(Program program, io.venule.quantity.AmountUnit inBag) {
        return Ordered.dose(program.order().regimen())
                .filter(dose -> dose.unit().amount().kind() != inBag.kind())
                .map(dose -> new Impossible(
                        Why.UNIT_DIFFERS,
                        "The dose is in " + dose.unit().word() + ", the bag is counted in " + inBag.word() + "."));
    }

    private static Optional<Breach> differs(String sentence) {
        return Optional.of(new Impossible(Why.STRENGTH_DIFFERS, sentence));
    }

    private static Optional<Breach> size(Program program) {
        if (basis(program).isPresent()) {
            return Optional.empty();
        }
        return missing(per(program.order().regimen()));
    }

    /** Why a dose that is counted so cannot be computed without a measure on record. */
    static Optional<Breach> missing(DoseUnit.Per per) {
        return switch (per) {
            case PATIENT -> Optional.empty();
            case KILOGRAM ->
                Optional.of(new Impossible(
                        Why.WEIGHT_MISSING, "The dose is per kg and there is no weight on record. Weigh the patient."));
            case SQUARE_METRE ->
                Optional.of(new Impossible(
                        Why.SURFACE_MISSING,
                        "The dose is per m² and there is no body surface on record. Record height and weight."));
        };
    }
}
