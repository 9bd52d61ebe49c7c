package io.venule.druglibrary;

import io.venule.druglibrary.Dosing.Bolus;
import io.venule.druglibrary.Dosing.ContinuousDose;
import io.venule.druglibrary.Dosing.Strength;
import io.venule.druglibrary.Drug.HighAlert;
import io.venule.druglibrary.Drug.SecondCheck;
import io.venule.quantity.Amount;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A small library: one care area, one drug, one entry, one product, each of which a test changes in one thing. */
final class LibraryFixture {
    static final CareArea ICU = new CareArea("icu", "ICU", Limits.none(), Limits.none(), Limits.none(), rate("20"));
    static final Drug DOPAMINE =
            new Drug("dopamine", "dopamine", "DOPamine", "3628", new HighAlert.Yes("adrenergic"), SecondCheck.OVERRIDE);
    static final Strength PREMIX = fixed("400", AmountUnit.MILLIGRAM, "250");
    static final LibraryEntry ENTRY = entry(DOPAMINE, continuous("ug/kg/min", "1 2 20 30"), PREMIX);
    static final Product BAG = product("dopamine", PREMIX, "250");

    private LibraryFixture() {}

    static LibraryEntry entry(Drug drug, Dosing dosing, Strength strength) {
        return new LibraryEntry(
                "dopamine/icu/standard",
                drug,
                "icu",
                "Standard",
                dosing,
                strength,
                Limits.none(),
                Limits.none(),
                new Bolus.NotAllowed(),
                "",
                "label",
                "own");
    }

    static LibraryEntry dosed(Dosing dosing) {
        return entry(DOPAMINE, dosing, PREMIX);
    }

    static LibraryEntry holding(Strength strength) {
        return entry(DOPAMINE, ENTRY.dosing(), strength);
    }

    static LibraryEntry with(Limits<FlowRate> rate, Bolus bolus, Bound<Dose> start) {
        return new LibraryEntry(
                ENTRY.id(),
                DOPAMINE,
                "icu",
                "Standard",
                ENTRY.dosing(),
                PREMIX,
                rate,
                Limits.none(),
                bolus,
                start,
                "",
                "label",
                "own",
                "");
    }

    static Product product(String drug, Strength content, String volume) {
        return new Product("02000000001012", "", "a bag", drug, content, Volume.ofMillilitres(volume));
    }

    static ContinuousDose continuous(String unit, String four) {
        return new ContinuousDose(unit(unit), doses(unit, four));
    }

    static Limits<Dose> doses(String unit, String four) {
        return limits(four, value -> Dose.of(value, unit));
    }

    /** Four texts, of which {@code -} is no limit: hard low, soft low, soft high, hard high. */
    static <Q> Limits<Q> limits(String four, Function<String, Q> of) {
        var bounds = Arrays.stream(four.split(" "))
                .map(text -> text.equals("-") ? Bound.<Q>none() : Bound.at(of.apply(text)))
                .toList();
        return new Limits<>(bounds.get(0), bounds.get(1), bounds.get(2), bounds.get(3));
    }

    static DoseUnit unit(String ucum) {
        return DoseUnit.ofUcum(ucum).orElseThrow();
    }

    static FlowRate rate(String millilitresPerHour) {
        return FlowRate.ofMillilitresPerHour(millilitresPerHour);
    }

    static Strength fixed(String value, AmountUnit unit, String millilitres) {
        return new Strength.Fixed(concentration(value, unit, millilitres));
    }

    static Concentration concentration(String value, AmountUnit unit, String millilitres) {
        return new Concentration(Amount.of(value, unit), Volume.ofMillilitres(millilitres));
    }

    static DrugLibrary library(LibraryEntry... entries) {
        return library(List.of(ICU), List.of(entries), List.of(BAG));
    }

    static DrugLibrary library(List<CareArea> areas, List<LibraryEntry> entries, List<Product> products) {
        return new DrugLibrary(new LibraryVersion(1, "0".repeat(64)), "test", areas, entries, products);
    }

    /** All rows of what changed in one part, thing by thing. */
    static List<Difference.Row> rows(LibraryDiff diff, LibraryDiff.Part part) {
        return section(diff, part).differences().stream()
                .flatMap(difference -> difference instanceof Difference.Changed(var key, var name, var rows)
                        ? rows.stream()
                        : java.util.stream.Stream.of())
                .toList();
    }

    static LibraryDiff.Section section(LibraryDiff diff, LibraryDiff.Part part) {
        return diff.sections().stream()
                .filter(section -> section.part() == part)
                .findFirst()
                .orElseThrow();
    }
}
