package io.venule.web.library;

import io.venule.druglibrary.Bound;
import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Drug;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryEntry;
import io.venule.quantity.Concentration;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes library entries out for the eye. */
final class EntryViews {
    /** Of a minute, in milliseconds. */
    private static final long THOUSANDTH = 60;

    private EntryViews() {}

    static EntryView of(LibraryEntry entry, DrugLibrary library) {
        var area = library.careArea(entry.careArea());
        return new EntryView(
                entry.id(),
                entry.drug().code(),
                entry.drug().tallMan(),
                entry.drug().rxnorm(),
                highAlert(entry.drug()),
                entry.careArea(),
                area.map(CareArea::name).orElse(entry.careArea()),
                entry.therapy(),
                mode(entry.dosing()),
                strength(entry.strength()),
                start(entry.start()),
                limits(entry),
                area.map(EntryViews::caps).orElse(List.of()),
                entry.usual(),
                entry.source(),
                entry.basis(),
                entry.note());
    }

    static String highAlert(Drug drug) {
        return switch (drug.highAlert()) {
            case Drug.HighAlert.No() -> "";
            case Drug.HighAlert.Yes(var category) -> category;
        };
    }

    private static String mode(Dosing dosing) {
        return switch (dosing) {
            case Dosing.ContinuousDose continuous ->
                "continuous, in " + continuous.unit().word();
            case Dosing.IntermittentDose intermittent ->
                "intermittent, in " + intermittent.unit().word();
            case Dosing.FluidRate() -> "fluid by rate";
        };
    }

    private static String strength(Dosing.Strength strength) {
        return switch (strength) {
            case Dosing.Strength.Fixed(var concentration) -> concentration.print();
            case Dosing.Strength.Custom custom -> "mixed to order";
            case Dosing.Strength.None() -> "no drug counted";
        };
    }

    private static String start(Bound<Dose> start) {
        return start.asOptional().map(Dose::print).orElse("");
    }

    private static List<LimitRow> limits(LibraryEntry entry) {
        var rows = new ArrayList<LimitRow>();
        switch (entry.dosing()) {
            case Dosing.ContinuousDose(var unit, var dose) -> rows.add(LimitRow.of("Dose rate", dose, Dose::print));
            case Dosing.IntermittentDose(var unit, var dose, var duration) -> {
                rows.add(LimitRow.of("Dose", dose, Dose::print));
                rows.add(LimitRow.of("Duration", duration, EntryViews::minutes));
            }
            case Dosing.FluidRate() -> {}
        }
        rows.add(LimitRow.of("Rate", entry.rate(), FlowRate::print));
        if (entry.strength() instanceof Dosing.Strength.Custom(var concentration)) {
            rows.add(LimitRow.of("Concentration", concentration, EntryViews::perMillilitre));
        }
        rows.add(LimitRow.of("Patient weight", entry.weight(), Weight::print));
        if (entry.bolus() instanceof Dosing.Bolus.Allowed(var unit, var dose, var rate)) {
            rows.add(LimitRow.of("Bolus dose", dose, Dose::print));
            rows.add(LimitRow.of("Bolus rate", rate, Dose::print));
        }
        return List.copyOf(rows);
    }

    private static List<LimitRow> caps(CareArea area) {
        return List.of(
                LimitRow.of("Rate", area.rate(), FlowRate::print),
                LimitRow.of("Patient weight", area.weight(), Weight::print),
                LimitRow.of("Volume to be infused", area.toInfuse(), Volume::print));
    }

    private static String perMillilitre(Concentration concentration) {
        return concentration.printPerMillilitre(concentration.amount().unit());
    }

    /** In minutes, whole or not; in seconds where thousandths of a minute do not say it. */
    static String minutes(Duration duration) {
        var millis = duration.toMillis();
        return millis % THOUSANDTH == 0
                ? new Decimal(millis / THOUSANDTH, 3).print() + " min"
                : new Decimal(millis, 3).print() + " s";
    }
}
