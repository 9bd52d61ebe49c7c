package io.venule.druglibrary;

import io.venule.druglibrary.Difference.Fact;
import io.venule.druglibrary.Difference.Row;
import io.venule.druglibrary.Dosing.Bolus;
import io.venule.druglibrary.Dosing.ContinuousDose;
import io.venule.druglibrary.Dosing.FluidRate;
import io.venule.druglibrary.Dosing.IntermittentDose;
import io.venule.druglibrary.Dosing.Strength;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import java.util.List;

/** What is different between two entries of one id, and what one entry says. */
final class EntryDiff {
    private static final String DOSE = "Dose";
    private static final String DURATION = "Duration";
    private static final String RATE = "Rate";
    private static final String WEIGHT = "Patient weight";
    private static final String BAG = "Bag";
    private static final String BOLUS = "Bolus";

    private EntryDiff() {}

    static String name(LibraryEntry entry) {
        return entry.drug().tallMan() + ", " + entry.careArea()
                + (entry.therapy().isEmpty() ? "" : ", " + entry.therapy());
    }

    static List<Row> rows(LibraryEntry before, LibraryEntry after) {
        var rows = new Rows();
        rows.compare("Drug", before.drug().code(), after.drug().code(), Flag.OTHER_DRUG);
        rows.compare("Care area", before.careArea(), after.careArea(), Flag.OTHER_AREA);
        dosing(rows, before.dosing(), after.dosing());
        strength(rows, before.strength(), after.strength());
        rows.limits(RATE, before.rate(), after.rate(), Scale.RATE);
        rows.limits(WEIGHT, before.weight(), after.weight(), Scale.WEIGHT);
        bolus(rows, before.bolus(), after.bolus());
        start(rows, before.start(), after.start());
        rows.text("Therapy", before.therapy(), after.therapy());
        rows.text("Usual dose", before.usual(), after.usual());
        rows.text("Source", before.source(), after.source());
        rows.text("Basis", before.basis(), after.basis());
        rows.text("Note", before.note(), after.note());
        return rows.all();
    }

    private static void dosing(Rows rows, Dosing before, Dosing after) {
        if (before instanceof ContinuousDose(var unit, var limits)
                && after instanceof ContinuousDose(var unitNow, var limitsNow)) {
            rows.compare("Dose, unit", unit.word(), unitNow.word(), Flag.UNIT_CHANGED);
            rows.limits(DOSE, limits, limitsNow, Scale.DOSE);
        } else if (before instanceof IntermittentDose(var unit, var limits, var duration)
                && after instanceof IntermittentDose(var unitNow, var limitsNow, var durationNow)) {
            rows.compare("Dose, unit", unit.word(), unitNow.word(), Flag.UNIT_CHANGED);
            rows.limits(DOSE, limits, limitsNow, Scale.DOSE);
            rows.limits(DURATION, duration, durationNow, Scale.DURATION);
        } else {
            rows.compare("Dosed", print(before), print(after), Flag.UNIT_CHANGED);
        }
    }

    private static void strength(Rows rows, Strength before, Strength after) {
        if (before instanceof Strength.Custom(var limits) && after instanceof Strength.Custom(var limitsNow)) {
            var unit = Rows.unit(limits, EntryDiff::unit);
            var unitNow = Rows.unit(limitsNow, EntryDiff::unit);
            if (!unit.isEmpty() && !unitNow.isEmpty()) {
                rows.compare("Concentration, unit", unit, unitNow, Flag.UNIT_CHANGED);
            }
            rows.limits("Concentration", limits, limitsNow, Scale.CONCENTRATION);
            return;
        }
        rows.compare(BAG, print(before), print(after), content(before, after));
    }

    /** What another text of a strength means: another content, or the same one written otherwise. */
    static Flag content(Strength before, Strength after) {
        if (before instanceof Strength.Fixed(var was)
                && after instanceof Strength.Fixed(var is)
                && before.sameAs(after)) {
            return was.amount().unit() == is.amount().unit() ? Flag.TEXT : Flag.UNIT_CHANGED;
        }
        return Flag.OTHER_CONTENT;
    }

    private static void bolus(Rows rows, Bolus before, Bolus after) {
        if (before instanceof Bolus.Allowed(var unit, var dose, var rate)
                && after instanceof Bolus.Allowed(var unitNow, var doseNow, var rateNow)) {
            rows.compare("Bolus dose, unit", unit.word(), unitNow.word(), Flag.UNIT_CHANGED);
            rows.limits("Bolus dose", dose, doseNow, Scale.DOSE);
            var perTime = Rows.unit(rate, limit -> limit.unit().word());
            var perTimeNow = Rows.unit(rateNow, limit -> limit.unit().word());
            if (!perTime.isEmpty() && !perTimeNow.isEmpty()) {
                rows.compare("Bolus rate, unit", perTime, perTimeNow, Flag.UNIT_CHANGED);
            }
            rows.limits("Bolus rate", rate, rateNow, Scale.DOSE);
            return;
        }
        rows.compare(
                BOLUS,
                print(before),
                print(after),
                after instanceof Bolus.Allowed ? Flag.BOLUS_ALLOWED : Flag.NARROWED);
    }

    /** One that is gone leaves the nurse with the order alone. */
    private static void start(Rows rows, Bound<Dose> before, Bound<Dose> after) {
        var flag = switch (after) {
            case Bound.None<Dose>() -> Flag.TEXT;
            case Bound.At<Dose>(var is) ->
                before.asOptional()
                        .filter(was -> !was.unit().equals(is.unit()))
                        .map(_ -> Flag.UNIT_CHANGED)
                        .orElse(Flag.START_CHANGED);
        };
        rows.compare("Starting dose", start(before), start(after), flag);
    }

    private static String start(Bound<Dose> start) {
        return start.asOptional().map(Dose::print).orElse("none given");
    }

    /** Everything that one entry says, limits first. */
    static List<Fact> facts(LibraryEntry entry) {
        return List.of(
                new Fact("Dosed", print(entry.dosing())),
                new Fact(BAG, print(entry.strength())),
                new Fact(RATE, Rows.print(entry.rate(), Scale.RATE)),
                new Fact(WEIGHT, Rows.print(entry.weight(), Scale.WEIGHT)),
                new Fact(BOLUS, print(entry.bolus())),
                new Fact("Starting dose", start(entry.start())),
                new Fact("Source", Rows.said(entry.source())),
                new Fact("Basis", Rows.said(entry.basis())),
                new Fact("Note", Rows.said(entry.note())));
    }

    private static String print(Dosing dosing) {
        return switch (dosing) {
            case ContinuousDose(var unit, var limits) ->
                "continuous, in " + unit.word() + ": " + Rows.print(limits, Scale.DOSE);
            case IntermittentDose(var unit, var limits, var duration) ->
                "intermittent, in " + unit.word() + ": " + Rows.print(limits, Scale.DOSE) + "; duration: "
                        + Rows.print(duration, Scale.DURATION);
            case FluidRate() -> "fluid by rate";
        };
    }

    private static String print(Strength strength) {
        return switch (strength) {
            case Strength.Custom(var limits) -> strength.print() + ": " + Rows.print(limits, Scale.CONCENTRATION);
            case Strength.Fixed f -> f.print();
            case Strength.None n -> n.print();
        };
    }

    private static String print(Bolus bolus) {
        return switch (bolus) {
            case Bolus.NotAllowed() -> "not allowed";
            case Bolus.Allowed(var unit, var dose, var rate) ->
                "allowed, in " + unit.word() + ": " + Rows.print(dose, Scale.DOSE) + "; rate: "
                        + Rows.print(rate, Scale.DOSE);
        };
    }

    private static String unit(Concentration limit) {
        return limit.amount().unit().word() + "/mL";
    }
}
