package io.venule.druglibrary;

import static io.venule.druglibrary.LibraryFixture.ENTRY;
import static io.venule.druglibrary.LibraryFixture.PREMIX;
import static io.venule.druglibrary.LibraryFixture.concentration;
import static io.venule.druglibrary.LibraryFixture.continuous;
import static io.venule.druglibrary.LibraryFixture.dosed;
import static io.venule.druglibrary.LibraryFixture.doses;
import static io.venule.druglibrary.LibraryFixture.entry;
import static io.venule.druglibrary.LibraryFixture.fixed;
import static io.venule.druglibrary.LibraryFixture.holding;
import static io.venule.druglibrary.LibraryFixture.library;
import static io.venule.druglibrary.LibraryFixture.limits;
import static io.venule.druglibrary.LibraryFixture.unit;
import static io.venule.druglibrary.LibraryFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.Difference.Row;
import io.venule.druglibrary.Dosing.Bolus;
import io.venule.druglibrary.Dosing.FluidRate;
import io.venule.druglibrary.Dosing.IntermittentDose;
import io.venule.druglibrary.Dosing.Strength;
import io.venule.druglibrary.Drug.HighAlert;
import io.venule.druglibrary.Drug.SecondCheck;
import io.venule.druglibrary.LibraryDiff.Part;
import io.venule.quantity.AmountUnit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each change of a library means. Source: EXPECTATIONS row 22; docs/drug-library.md, "Comparing releases". */
class LibraryDiffTest {
    private static final Bolus NO_BOLUS = new Bolus.NotAllowed();

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "1 2 20 30, 0.999999999 2 20 30, 'hard low HARD_WIDENED'",
        "1 2 20 30, 1 2 20 30, ''",
        "1 2 20 30, 1.000000001 2 20 30, 'hard low NARROWED'",
        "1 2 20 30, 1 1.999999999 20 30, 'soft low WIDENED'",
        "1 2 20 30, 1 2.000000001 20 30, 'soft low NARROWED'",
        "1 2 20 30, 1 2 19.999999999 30, 'soft high NARROWED'",
        "1 2 20 30, 1 2 20.000000001 30, 'soft high WIDENED'",
        "1 2 20 30, 1 2 20 29.999999999, 'hard high NARROWED'",
        "1 2 20 30, 1 2 20 30.000000001, 'hard high HARD_WIDENED'",
        "1 2 20 30, - 2 20 30, 'hard low HARD_WIDENED'",
        "1 2 20 30, 1 - 20 30, 'soft low WIDENED'",
        "1 2 20 30, 1 2 - 30, 'soft high WIDENED'",
        "1 2 20 30, 1 2 20 -, 'hard high HARD_WIDENED'",
        "- - - -, 1 2 20 30, 'hard low NARROWED, soft low NARROWED, soft high NARROWED, hard high NARROWED'",
        "1 2 20 30, 0.5 2 20 25, 'hard low HARD_WIDENED, hard high NARROWED'"
    })
    void a_limit_widens_where_it_moves_outward_or_goes(String before, String after, String expected) {
        var rows = rows(dosed(continuous("ug/kg/min", before)), dosed(continuous("ug/kg/min", after)));

        assertThat(String.join(
                        ", ",
                        rows.stream()
                                .map(row -> row.what().replace("Dose, ", "") + " " + row.flag())
                                .toList()))
                .isEqualTo(expected);
    }

    @Test
    void a_row_says_old_and_new_with_their_units() {
        var rows = rows(dosed(continuous("ug/kg/min", "- - 20 30")), dosed(continuous("ug/kg/min", "- - 20 1200")));
        var gone = rows(dosed(continuous("ug/kg/min", "- - 20 30")), dosed(continuous("ug/kg/min", "- - 20 -")));

        assertThat(rows)
                .containsExactly(new Row("Dose, hard high", "30 mcg/kg/min", "1,200 mcg/kg/min", Flag.HARD_WIDENED));
        assertThat(gone).containsExactly(new Row("Dose, hard high", "30 mcg/kg/min", "no limit", Flag.HARD_WIDENED));
    }

    @Test
    void the_same_number_in_another_kind_of_unit_is_never_the_same() {
        var rows = rows(dosed(continuous("ug/kg/min", "- - 20 30")), dosed(continuous("ug/min", "- - 20 -")));

        assertThat(rows)
                .containsExactly(
                        new Row("Dose, unit", "mcg/kg/min", "mcg/min", Flag.UNIT_CHANGED),
                        new Row("Dose, soft high", "20 mcg/kg/min", "20 mcg/min", Flag.UNIT_CHANGED),
                        new Row("Dose, hard high", "30 mcg/kg/min", "no limit", Flag.HARD_WIDENED));
    }

    @Test
    void the_same_quantity_in_another_unit_is_a_change_of_unit_and_another_one_is_compared_exactly() {
        var rows = rows(dosed(continuous("ug/min", "5 6 7 8")), dosed(continuous("mg/h", "0.3 0.359999999 0.42 0.5")));

        assertThat(rows)
                .containsExactly(
                        new Row("Dose, unit", "mcg/min", "mg/h", Flag.UNIT_CHANGED),
                        new Row("Dose, hard low", "5 mcg/min", "0.3 mg/h", Flag.UNIT_CHANGED),
                        new Row("Dose, soft high", "7 mcg/min", "0.42 mg/h", Flag.UNIT_CHANGED),
                        new Row("Dose, hard high", "8 mcg/min", "0.5 mg/h", Flag.HARD_WIDENED),
                        new Row("Dose, soft low", "6 mcg/min", "0.359999999 mg/h", Flag.WIDENED));
    }

    @Test
    void a_unit_without_any_limit_is_still_a_unit() {
        assertThat(rows(dosed(continuous("ug/min", "- - - -")), dosed(continuous("ug/kg/min", "- - - -"))))
                .containsExactly(new Row("Dose, unit", "mcg/min", "mcg/kg/min", Flag.UNIT_CHANGED));
    }

    @Test
    void another_way_of_dosing_is_a_change_of_unit() {
        assertThat(rows(dosed(continuous("mg/h", "- - 5 -")), dosed(new FluidRate())))
                .containsExactly(
                        new Row("Dosed", "continuous, in mg/h: soft high 5 mg/h", "fluid by rate", Flag.UNIT_CHANGED));
    }

    @ParameterizedTest(name = "{0} min to {1} min: {2}")
    @CsvSource({
        "30 - - -, 29.999 - - -, HARD_WIDENED, 29.999 min",
        "30 - - -, 30.001 - - -, NARROWED, 30.001 min",
        "- - 60 -, - - 60.001 -, WIDENED, 60.001 min",
        "- - 60 -, - - 59.999 -, NARROWED, 59.999 min"
    })
    void a_shorter_or_longer_time_that_is_allowed_widens(String before, String after, Flag flag, String text) {
        var rows = rows(dosed(over(before)), dosed(over(after)));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.flag()).isEqualTo(flag);
            assertThat(row.after()).isEqualTo(text);
        });
    }

    private static Dosing over(String minutes) {
        return new IntermittentDose(
                unit("mg"),
                doses("mg", "- - 5 -"),
                limits(
                        minutes,
                        text -> Duration.ofMillis(
                                io.venule.quantity.Decimal.of(text).scaledBy(3) * 60)));
    }

    @Test
    void rate_and_patients_weight_are_limits_too() {
        assertThat(rows(ENTRY, with(limits("- - - 500", LibraryFixture::rate), NO_BOLUS, Bound.none())))
                .containsExactly(new Row("Rate, hard high", "no limit", "500 mL/h", Flag.NARROWED));
        assertThat(rows(
                        with(limits("- - - 500", LibraryFixture::rate), NO_BOLUS, Bound.none()),
                        with(limits("- - - 500.001", LibraryFixture::rate), NO_BOLUS, Bound.none())))
                .containsExactly(new Row("Rate, hard high", "500 mL/h", "500.001 mL/h", Flag.HARD_WIDENED));
    }

    @Test
    void the_bag_of_an_entry_is_another_one_only_in_another_strength() {
        assertThat(rows(ENTRY, holding(fixed("800", AmountUnit.MILLIGRAM, "250"))))
                .containsExactly(new Row("Bag", "400 mg in 250 mL", "800 mg in 250 mL", Flag.OTHER_CONTENT));
        assertThat(rows(ENTRY, holding(fixed("800", AmountUnit.MILLIGRAM, "500"))))
                .containsExactly(new Row("Bag", "400 mg in 250 mL", "800 mg in 500 mL", Flag.TEXT));
        assertThat(rows(ENTRY, holding(fixed("0.4", AmountUnit.GRAM, "250"))))
                .containsExactly(new Row("Bag", "400 mg in 250 mL", "0.4 g in 250 mL", Flag.UNIT_CHANGED));
        assertThat(rows(ENTRY, holding(mixed("- - - 4", AmountUnit.MILLIGRAM))))
                .containsExactly(
                        new Row("Bag", "400 mg in 250 mL", "mixed to order: hard high 4 mg/mL", Flag.OTHER_CONTENT));
        assertThat(rows(ENTRY, holding(new Strength.None())))
                .containsExactly(new Row("Bag", "400 mg in 250 mL", "no drug counted", Flag.OTHER_CONTENT));
    }

    @Test
    void a_mixture_has_limits_and_a_unit() {
        var before = holding(mixed("- - 3 4", AmountUnit.MILLIGRAM));

        assertThat(rows(before, holding(mixed("- - 3 4.000000001", AmountUnit.MILLIGRAM))))
                .containsExactly(
                        new Row("Concentration, hard high", "4 mg/mL", "4.000000001 mg/mL", Flag.HARD_WIDENED));
        assertThat(rows(before, holding(mixed("- - 3000 4001", AmountUnit.MICROGRAM))))
                .containsExactly(
                        new Row("Concentration, unit", "mg/mL", "mcg/mL", Flag.UNIT_CHANGED),
                        new Row("Concentration, soft high", "3 mg/mL", "3,000 mcg/mL", Flag.UNIT_CHANGED),
                        new Row("Concentration, hard high", "4 mg/mL", "4,001 mcg/mL", Flag.HARD_WIDENED));
        assertThat(rows(before, holding(mixed("- - 3 4", AmountUnit.UNIT))))
                .extracting(Row::flag)
                .containsOnly(Flag.UNIT_CHANGED)
                .hasSize(3);
    }

    private static Strength mixed(String four, AmountUnit unit) {
        return new Strength.Custom(limits(four, value -> concentration(value, unit, "1")));
    }

    @Test
    void a_bolus_that_becomes_allowed_has_a_flag_of_its_own() {
        var bolus = new Bolus.Allowed(unit("mg/kg"), doses("mg/kg", "- - 1 2"), doses("mg/min", "- - - 3"));
        var with = with(Limits.none(), bolus, Bound.none());
        var said = "allowed, in mg/kg: soft high 1 mg/kg, hard high 2 mg/kg; rate: hard high 3 mg/min";

        assertThat(rows(ENTRY, with)).containsExactly(new Row("Bolus", "not allowed", said, Flag.BOLUS_ALLOWED));
        assertThat(rows(with, ENTRY)).containsExactly(new Row("Bolus", said, "not allowed", Flag.NARROWED));
    }

    @Test
    void a_bolus_has_limits_and_units() {
        var before = bolus(new Bolus.Allowed(unit("mg/kg"), doses("mg/kg", "- - 1 2"), doses("mg/min", "- - - 3")));
        var wider = bolus(new Bolus.Allowed(unit("mg/kg"), doses("mg/kg", "- - 1 2.1"), Limits.none()));
        var other = bolus(new Bolus.Allowed(unit("mg"), doses("mg", "- - 1 2"), doses("mg/h", "- - - 180")));

        assertThat(rows(before, wider))
                .containsExactly(
                        new Row("Bolus dose, hard high", "2 mg/kg", "2.1 mg/kg", Flag.HARD_WIDENED),
                        new Row("Bolus rate, hard high", "3 mg/min", "no limit", Flag.HARD_WIDENED));
        assertThat(rows(before, other))
                .extracting(Row::what)
                .containsExactly(
                        "Bolus dose, unit",
                        "Bolus dose, soft high",
                        "Bolus dose, hard high",
                        "Bolus rate, unit",
                        "Bolus rate, hard high");
        assertThat(rows(before, other)).extracting(Row::flag).containsOnly(Flag.UNIT_CHANGED);
    }

    private static LibraryEntry bolus(Bolus bolus) {
        return with(Limits.none(), bolus, Bound.none());
    }

    /** A tenfold one lies inside all limits of many a published entry. */
    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "none given, 5 mcg/kg/min, START_CHANGED",
        "5 mcg/kg/min, 50 mcg/kg/min, START_CHANGED",
        "5 mcg/kg/min, 0.5 mcg/kg/min, START_CHANGED",
        "5 mcg/kg/min, 5.000000001 mcg/kg/min, START_CHANGED",
        "5 mcg/kg/min, 300 mcg/kg/h, UNIT_CHANGED",
        "5 mcg/kg/min, 300 mcg/min, UNIT_CHANGED",
        "5 mcg/kg/min, none given, TEXT"
    })
    void a_starting_dose_limits_nothing_but_is_what_a_nurse_begins_with(String before, String after, Flag flag) {
        assertThat(rows(starting(before), starting(after)))
                .containsExactly(new Row("Starting dose", before, after, flag));
    }

    private static LibraryEntry starting(String dose) {
        var start = dose.equals("none given")
                ? Bound.<io.venule.quantity.Dose>none()
                : Bound.at(io.venule.quantity.Dose.of(
                        dose.substring(0, dose.indexOf(' ')),
                        dose.substring(dose.indexOf(' ') + 1).replace("mcg", "ug")));
        return with(Limits.none(), NO_BOLUS, start);
    }

    @Test
    void an_entry_that_stands_for_another_drug_or_area_comes_first() {
        var other = new Drug("heparin", "heparin", "heparin", "", new HighAlert.No(), SecondCheck.NEVER);

        assertThat(rows(ENTRY, entry(other, continuous("ug/kg/min", "1 2 20 31"), PREMIX)))
                .containsExactly(
                        new Row("Drug", "dopamine", "heparin", Flag.OTHER_DRUG),
                        new Row("Dose, hard high", "30 mcg/kg/min", "31 mcg/kg/min", Flag.HARD_WIDENED));
    }

    private static List<Row> rows(LibraryEntry before, LibraryEntry after) {
        return LibraryFixture.rows(LibraryDiff.between(library(before), library(after)), Part.ENTRIES);
    }
}
