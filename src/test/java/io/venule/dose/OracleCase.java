package io.venule.dose;

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
import java.util.List;

/** One program as text. Limits are four texts, hard low to hard high, blank for none; other blanks are things not there. */
record OracleCase(OrderText order, BodyText body, EntryText entry, AreaText area, boolean syringe) {
    enum Mode {
        CONTINUOUS,
        INTERMITTENT,
        FLUID
    }

    enum Holds {
        SAME,
        OTHER,
        CUSTOM,
        NOTHING
    }

    /** @param amount blank for a plain fluid */
    record OrderText(
            Mode mode,
            String dose,
            String doseUnit,
            String amount,
            String amountUnit,
            String millilitres,
            String toInfuse,
            String minutes,
            String rate) {}

    record BodyText(String kilograms, String squareCentimetres) {}

    /** @param concentration limits in {@code concentrationUnit} per mL */
    record EntryText(
            Mode mode,
            String doseUnit,
            List<String> dose,
            List<String> minutes,
            Holds holds,
            String concentrationUnit,
            List<String> concentration,
            List<String> rate,
            List<String> kilograms) {}

    record AreaText(List<String> rate, List<String> kilograms, List<String> toInfuse) {}

    Program program() {
        return new Program(
                order(order),
                body(body),
                syringe ? PumpModel.SYRINGE : PumpModel.LARGE_VOLUME,
                libraryEntry(),
                careArea());
    }

    private static Program.Order order(OrderText text) {
        Mixture mixture = text.amount().isEmpty() ? new Mixture.PlainFluid() : new Mixture.DrugInVolume(mix(text));
        var regimen = switch (text.mode()) {
            case CONTINUOUS -> new Regimen.Continuous(Dose.of(text.dose(), text.doseUnit()));
            case INTERMITTENT ->
                new Regimen.Intermittent(
                        Dose.of(text.dose(), text.doseUnit()), Duration.ofMinutes(Long.parseLong(text.minutes())));
            case FLUID -> new Regimen.Fluid(FlowRate.ofMillilitresPerHour(text.rate()));
        };
        return new Program.Order(mixture, regimen, Volume.ofMillilitres(text.toInfuse()));
    }

    private static Concentration mix(OrderText text) {
        return new Concentration(
                Amount.of(text.amount(), amountUnit(text.amountUnit())), Volume.ofMillilitres(text.millilitres()));
    }

    private static AmountUnit amountUnit(String ucum) {
        return AmountUnit.ofUcum(ucum).orElseThrow();
    }

    private static BodyMeasures body(BodyText text) {
        if (text.kilograms().isEmpty()) {
            return new BodyMeasures.Unknown();
        }
        var weight = Weight.ofKilograms(text.kilograms());
        return text.squareCentimetres().isEmpty()
                ? new BodyMeasures.Weighed(weight)
                : new BodyMeasures.WeighedAndMeasured(
                        weight, new BodySurface(Long.parseLong(text.squareCentimetres())));
    }

    private LibraryEntry libraryEntry() {
        return new LibraryEntry(
                "drug/area/entry",
                new Drug("drug", "drug", "drug", "", new Drug.HighAlert.No(), Drug.SecondCheck.NEVER),
                "area",
                "",
                dosing(),
                strength(),
                rates(entry.rate()),
                weights(entry.kilograms()),
                new Dosing.Bolus.NotAllowed(),
                "",
                "test",
                "own");
    }

    private Dosing dosing() {
        return switch (entry.mode()) {
            case CONTINUOUS -> new Dosing.ContinuousDose(unit(), doses());
            case INTERMITTENT ->
                new Dosing.IntermittentDose(
                        unit(), doses(), limits(entry.minutes(), text -> Duration.ofMinutes(Long.parseLong(text))));
            case FLUID -> new Dosing.FluidRate();
        };
    }

    private DoseUnit unit() {
        return DoseUnit.ofUcum(entry.doseUnit()).orElseThrow();
    }

    private Limits<Dose> doses() {
        return limits(entry.dose(), text -> Dose.of(text, entry.doseUnit()));
    }

    private Dosing.Strength strength() {
        return switch (entry.holds()) {
            case SAME -> new Dosing.Strength.Fixed(mix(order));
            case OTHER ->
                new Dosing.Strength.Fixed(new Concentration(
                        Amount.of(order.amount(), amountUnit(order.amountUnit())),
                        Volume.ofMillilitres(Fraction.of(order.millilitres())
                                .plus(Fraction.of("0.001"))
                                .cut(3))));
            case CUSTOM ->
                new Dosing.Strength.Custom(limits(
                        entry.concentration(),
                        text -> new Concentration(
                                Amount.of(text, amountUnit(entry.concentrationUnit())), Volume.ofMillilitres("1"))));
            case NOTHING -> new Dosing.Strength.None();
        };
    }

    private CareArea careArea() {
        return new CareArea(
                "area",
                "Area",
                rates(area.rate()),
                weights(area.kilograms()),
                limits(area.toInfuse(), Volume::ofMillilitres),
                FlowRate.ofMillilitresPerHour("1"));
    }

    private static Limits<FlowRate> rates(List<String> texts) {
        return limits(texts, FlowRate::ofMillilitresPerHour);
    }

    private static Limits<Weight> weights(List<String> texts) {
        return limits(texts, Weight::ofKilograms);
    }

    private static <Q> Limits<Q> limits(List<String> texts, java.util.function.Function<String, Q> of) {
        return ProgramFixture.limits(texts.get(0), texts.get(1), texts.get(2), texts.get(3), of);
    }
}
