package io.venule.dose;

import io.venule.druglibrary.Bound;
import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Drug;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.Limits;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Prescription.Mixture;
import io.venule.prescription.Regimen;
import io.venule.pump.PumpModel;
import io.venule.quantity.Amount;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.BodySurface;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import java.time.Duration;
import java.util.function.Function;

/** Programs in the words of the ward. A blank limit is no limit. */
record ProgramFixture(Program program) {
    static final CareArea ICU = new CareArea(
            "adult-icu",
            "Adult ICU",
            rates("", "", "", "999"),
            Limits.none(),
            volumes("", "", "", "9999"),
            FlowRate.ofMillilitresPerHour("20"));

    /** A continuous dose, on a large-volume pump, for a patient of 70 kg, without dose limits. */
    static ProgramFixture continuous(String dose, String unit, String amount, String amountUnit, String millilitres) {
        var ordered = Dose.of(dose, unit);
        var mixture = mix(amount, amountUnit, millilitres);
        return of(
                new Regimen.Continuous(ordered),
                mixture,
                new Dosing.ContinuousDose(ordered.unit(), Limits.none()),
                new Dosing.Strength.Fixed(mixture));
    }

    /** A total dose over minutes, its volume as it follows from the mixture. */
    static ProgramFixture intermittent(String dose, String unit, Concentration mixture, long minutes) {
        var ordered = Dose.of(dose, unit);
        return of(
                new Regimen.Intermittent(ordered, Duration.ofMinutes(minutes)),
                mixture,
                new Dosing.IntermittentDose(ordered.unit(), Limits.none(), Limits.none()),
                new Dosing.Strength.Fixed(mixture));
    }

    static ProgramFixture fluid(String millilitresPerHour) {
        var entry = entry(new Dosing.FluidRate(), new Dosing.Strength.None());
        return new ProgramFixture(new Program(
                new Program.Order(
                        new Mixture.PlainFluid(),
                        new Regimen.Fluid(FlowRate.ofMillilitresPerHour(millilitresPerHour)),
                        Volume.ofMillilitres("1000")),
                new BodyMeasures.Unknown(),
                PumpModel.LARGE_VOLUME,
                entry,
                ICU));
    }

    private static ProgramFixture of(Regimen regimen, Concentration mixture, Dosing dosing, Dosing.Strength strength) {
        return new ProgramFixture(new Program(
                new Program.Order(new Mixture.DrugInVolume(mixture), regimen, mixture.volume()),
                new BodyMeasures.Weighed(Weight.ofKilograms("70")),
                PumpModel.LARGE_VOLUME,
                entry(dosing, strength),
                ICU));
    }

    static Concentration mix(String amount, String ucum, String millilitres) {
        return new Concentration(
                Amount.of(amount, AmountUnit.ofUcum(ucum).orElseThrow()), Volume.ofMillilitres(millilitres));
    }

    private static LibraryEntry entry(Dosing dosing, Dosing.Strength strength) {
        var drug = new Drug("testdrug", "testdrug", "TESTdrug", "", new Drug.HighAlert.No(), Drug.SecondCheck.NEVER);
        return new LibraryEntry(
                "testdrug/adult-icu/standard",
                drug,
                "adult-icu",
                "",
                dosing,
                strength,
                Limits.none(),
                Limits.none(),
                new Dosing.Bolus.NotAllowed(),
                "",
                "test",
                "own");
    }

    ProgramFixture weighing(String kilograms) {
        return withBody(new BodyMeasures.Weighed(Weight.ofKilograms(kilograms)));
    }

    ProgramFixture measuring(String kilograms, long squareCentimetres) {
        return withBody(
                new BodyMeasures.WeighedAndMeasured(Weight.ofKilograms(kilograms), new BodySurface(squareCentimetres)));
    }

    ProgramFixture unweighed() {
        return withBody(new BodyMeasures.Unknown());
    }

    private ProgramFixture withBody(BodyMeasures body) {
        return new ProgramFixture(new Program(program.order(), body, program.pump(), program.entry(), program.area()));
    }

    ProgramFixture on(PumpModel pump) {
        return new ProgramFixture(new Program(program.order(), program.body(), pump, program.entry(), program.area()));
    }

    ProgramFixture in(CareArea area) {
        return new ProgramFixture(new Program(program.order(), program.body(), program.pump(), program.entry(), area));
    }

    ProgramFixture infusing(String millilitres) {
        var order = program.order();
        return withOrder(new Program.Order(order.mixture(), order.regimen(), Volume.ofMillilitres(millilitres)));
    }

    ProgramFixture from(Mixture mixture) {
        var order = program.order();
        return withOrder(new Program.Order(mixture, order.regimen(), order.toInfuse()));
    }

    ProgramFixture ordering(Regimen regimen) {
        var order = program.order();
        return withOrder(new Program.Order(order.mixture(), regimen, order.toInfuse()));
    }

    private ProgramFixture withOrder(Program.Order order) {
        return new ProgramFixture(new Program(order, program.body(), program.pump(), program.entry(), program.area()));
    }

    ProgramFixture doseLimits(String unit, String hardLow, String softLow, String softHigh, String hardHigh) {
        var limits = limits(hardLow, softLow, softHigh, hardHigh, value -> Dose.of(value, unit));
        var doseUnit = DoseUnit.ofUcum(unit).orElseThrow();
        return dosedBy(
                switch (program.entry().dosing()) {
                    case Dosing.ContinuousDose _ -> new Dosing.ContinuousDose(doseUnit, limits);
                    case Dosing.IntermittentDose old -> new Dosing.IntermittentDose(doseUnit, limits, old.duration());
                    case Dosing.FluidRate fluid -> fluid;
                });
    }

    ProgramFixture durationLimits(String hardLow, String softLow, String softHigh, String hardHigh) {
        var limits = limits(hardLow, softLow, softHigh, hardHigh, value -> Duration.ofMinutes(Long.parseLong(value)));
        var old = (Dosing.IntermittentDose) program.entry().dosing();
        return dosedBy(new Dosing.IntermittentDose(old.unit(), old.limits(), limits));
    }

    ProgramFixture dosedBy(Dosing dosing) {
        return withEntry(
                dosing,
                program.entry().strength(),
                program.entry().rate(),
                program.entry().weight());
    }

    ProgramFixture strength(Dosing.Strength strength) {
        return withEntry(
                program.entry().dosing(),
                strength,
                program.entry().rate(),
                program.entry().weight());
    }

    ProgramFixture rateLimits(String hardLow, String softLow, String softHigh, String hardHigh) {
        return withEntry(
                program.entry().dosing(),
                program.entry().strength(),
                rates(hardLow, softLow, softHigh, hardHigh),
                program.entry().weight());
    }

    ProgramFixture weightLimits(String hardLow, String softLow, String softHigh, String hardHigh) {
        return withEntry(
                program.entry().dosing(),
                program.entry().strength(),
                program.entry().rate(),
                limits(hardLow, softLow, softHigh, hardHigh, Weight::ofKilograms));
    }

    private ProgramFixture withEntry(
            Dosing dosing, Dosing.Strength strength, Limits<FlowRate> rate, Limits<Weight> weight) {
        var old = program.entry();
        var entry = new LibraryEntry(
                old.id(),
                old.drug(),
                old.careArea(),
                old.therapy(),
                dosing,
                strength,
                rate,
                weight,
                old.bolus(),
                old.usual(),
                old.source(),
                old.basis());
        return new ProgramFixture(new Program(program.order(), program.body(), program.pump(), entry, program.area()));
    }

    static Limits<FlowRate> rates(String hardLow, String softLow, String softHigh, String hardHigh) {
        return limits(hardLow, softLow, softHigh, hardHigh, FlowRate::ofMillilitresPerHour);
    }

    static Limits<Volume> volumes(String hardLow, String softLow, String softHigh, String hardHigh) {
        return limits(hardLow, softLow, softHigh, hardHigh, Volume::ofMillilitres);
    }

    static <Q> Limits<Q> limits(
            String hardLow, String softLow, String softHigh, String hardHigh, Function<String, Q> of) {
        return new Limits<>(bound(hardLow, of), bound(softLow, of), bound(softHigh, of), bound(hardHigh, of));
    }

    private static <Q> Bound<Q> bound(String value, Function<String, Q> of) {
        return value.isEmpty() ? Bound.none() : Bound.at(of.apply(value));
    }

    Evaluation.Result judged() {
        return Evaluation.of(program);
    }
}
