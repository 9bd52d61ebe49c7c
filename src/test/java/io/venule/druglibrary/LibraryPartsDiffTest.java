package io.venule.druglibrary;

import static io.venule.druglibrary.LibraryFixture.BAG;
import static io.venule.druglibrary.LibraryFixture.DOPAMINE;
import static io.venule.druglibrary.LibraryFixture.ENTRY;
import static io.venule.druglibrary.LibraryFixture.ICU;
import static io.venule.druglibrary.LibraryFixture.PREMIX;
import static io.venule.druglibrary.LibraryFixture.entry;
import static io.venule.druglibrary.LibraryFixture.fixed;
import static io.venule.druglibrary.LibraryFixture.library;
import static io.venule.druglibrary.LibraryFixture.limits;
import static io.venule.druglibrary.LibraryFixture.product;
import static io.venule.druglibrary.LibraryFixture.rate;
import static io.venule.druglibrary.LibraryFixture.rows;
import static io.venule.druglibrary.LibraryFixture.section;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.Difference.Row;
import io.venule.druglibrary.Dosing.Strength;
import io.venule.druglibrary.Drug.HighAlert;
import io.venule.druglibrary.Drug.SecondCheck;
import io.venule.druglibrary.LibraryDiff.Part;
import io.venule.druglibrary.LibraryDiff.Section;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each change of a care area, a drug or a product means, and what is said of what is new or gone. Source: EXPECTATIONS row 22. */
class LibraryPartsDiffTest {
    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "ALWAYS, OVERRIDE, LESS_CHECKED",
        "OVERRIDE, NEVER, LESS_CHECKED",
        "ALWAYS, NEVER, LESS_CHECKED",
        "NEVER, OVERRIDE, MORE_CHECKED",
        "OVERRIDE, ALWAYS, MORE_CHECKED",
        "NEVER, ALWAYS, MORE_CHECKED"
    })
    void a_weaker_second_check_is_flagged_once_for_the_drug(SecondCheck before, SecondCheck after, Flag flag) {
        var diff = LibraryDiff.between(library(checked(before)), library(checked(after)));

        assertThat(section(diff, Part.DRUGS).differences())
                .singleElement()
                .satisfies(drug -> assertThat(drug.gravest()).isEqualTo(flag));
        assertThat(section(diff, Part.ENTRIES)).isEqualTo(new Section(Part.ENTRIES, List.of(), 1));
    }

    private static LibraryEntry checked(SecondCheck check) {
        return of(new Drug("dopamine", "dopamine", "DOPamine", "3628", DOPAMINE.highAlert(), check));
    }

    private static LibraryEntry of(Drug drug) {
        return entry(drug, ENTRY.dosing(), PREMIX);
    }

    @Test
    void a_drug_that_is_no_longer_high_alert_is_less_checked() {
        var named = library(of(alert(new HighAlert.Yes("opioid"))));
        var plain = library(of(alert(new HighAlert.No())));
        var other = library(of(alert(new HighAlert.Yes("insulin"))));

        assertThat(drugRows(named, plain))
                .containsExactly(new Row("High alert", "opioid", "not on the list", Flag.LESS_CHECKED));
        assertThat(drugRows(plain, named))
                .containsExactly(new Row("High alert", "not on the list", "opioid", Flag.MORE_CHECKED));
        assertThat(drugRows(named, other)).containsExactly(new Row("High alert", "opioid", "insulin", Flag.TEXT));
    }

    private static Drug alert(HighAlert alert) {
        return new Drug("dopamine", "dopamine", "DOPamine", "3628", alert, SecondCheck.ALWAYS);
    }

    private static List<Row> drugRows(DrugLibrary before, DrugLibrary after) {
        return rows(LibraryDiff.between(before, after), Part.DRUGS);
    }

    @Test
    void the_names_of_a_drug_are_text() {
        var renamed = new Drug("dopamine", "Dopamine", "Dopamine", "", DOPAMINE.highAlert(), SecondCheck.OVERRIDE);

        assertThat(drugRows(library(ENTRY), library(of(renamed))))
                .containsExactly(
                        new Row("Name", "dopamine", "Dopamine", Flag.TEXT),
                        new Row("Tall-man name", "DOPamine", "Dopamine", Flag.TEXT),
                        new Row("RxNorm", "3628", "none", Flag.TEXT));
    }

    @Test
    void a_product_that_means_something_else_is_the_gravest() {
        assertThat(productRows(product("heparin", PREMIX, "250")))
                .containsExactly(new Row("Drug", "dopamine", "heparin", Flag.OTHER_DRUG));
        assertThat(productRows(product("dopamine", fixed("800", AmountUnit.MILLIGRAM, "250"), "250")))
                .containsExactly(new Row("Strength", "400 mg in 250 mL", "800 mg in 250 mL", Flag.OTHER_CONTENT));
        assertThat(productRows(product("dopamine", PREMIX, "500")))
                .containsExactly(new Row("Volume", "250 mL", "500 mL", Flag.OTHER_CONTENT));
        assertThat(productRows(product("dopamine", fixed("0.4", AmountUnit.GRAM, "250"), "250")))
                .containsExactly(new Row("Strength", "400 mg in 250 mL", "0.4 g in 250 mL", Flag.UNIT_CHANGED));
        assertThat(productRows(product("dopamine", new Strength.None(), "250")))
                .containsExactly(new Row("Strength", "400 mg in 250 mL", "no drug counted", Flag.OTHER_CONTENT));
    }

    private static List<Row> productRows(Product after) {
        var before = library(List.of(ICU), List.of(ENTRY), List.of(BAG));
        return rows(LibraryDiff.between(before, library(List.of(ICU), List.of(ENTRY), List.of(after))), Part.PRODUCTS);
    }

    @Test
    void the_caps_of_a_care_area_are_limits() {
        var wide = new CareArea(
                "icu",
                "ICU",
                limits("- - - 999", LibraryFixture::rate),
                limits("- - 200 -", Weight::ofKilograms),
                limits("- - - 5000", Volume::ofMillilitres),
                rate("20.001"));
        var before = library(List.of(ICU), List.of(ENTRY), List.of());
        var after = library(List.of(wide), List.of(ENTRY), List.of());

        assertThat(rows(LibraryDiff.between(before, after), Part.CARE_AREAS))
                .containsExactly(
                        new Row("Keep vein open", "20 mL/h", "20.001 mL/h", Flag.WIDENED),
                        new Row("Rate, hard high", "no limit", "999 mL/h", Flag.NARROWED),
                        new Row("Patient weight, soft high", "no limit", "200 kg", Flag.NARROWED),
                        new Row("Volume to be infused, hard high", "no limit", "5,000 mL", Flag.NARROWED));
        assertThat(rows(LibraryDiff.between(after, before), Part.CARE_AREAS))
                .extracting(Row::flag)
                .containsExactly(Flag.HARD_WIDENED, Flag.HARD_WIDENED, Flag.WIDENED, Flag.NARROWED);
    }

    @Test
    void what_is_new_and_what_is_gone_is_told_with_its_limits() {
        var empty = library(List.of(), List.of(), List.of());
        var diff = LibraryDiff.between(empty, library(ENTRY));

        assertThat(diff.differences().map(Difference::gravest)).hasSize(4).containsOnly(Flag.ADDED);
        assertThat(diff.flagged()).isEqualTo(4);
        assertThat(section(diff, Part.ENTRIES).differences())
                .singleElement()
                .isInstanceOfSatisfying(
                        Difference.Added.class,
                        added -> assertThat(added.facts())
                                .contains(new Difference.Fact(
                                        "Dosed",
                                        "continuous, in mcg/kg/min: hard low 1 mcg/kg/min, soft low 2 mcg/kg/min,"
                                                + " soft high 20 mcg/kg/min, hard high 30 mcg/kg/min")));
        assertThat(LibraryDiff.between(library(ENTRY), empty).differences().map(Difference::gravest))
                .hasSize(4)
                .containsOnly(Flag.REMOVED);
        assertThat(LibraryDiff.between(library(ENTRY), empty).flagged()).isZero();
    }

    @Test
    void the_same_library_differs_in_nothing() {
        var diff = LibraryDiff.between(library(ENTRY), library(ENTRY));

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.flagged()).isZero();
        assertThat(diff.sections()).extracting(Section::unchanged).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void another_title_is_text() {
        var renamed = new DrugLibrary(library().version(), "other", List.of(ICU), List.of(ENTRY), List.of(BAG));

        assertThat(rows(LibraryDiff.between(library(ENTRY), renamed), Part.LIBRARY))
                .containsExactly(new Row("Title", "test", "other", Flag.TEXT));
    }

    @Test
    void the_gravest_comes_first_and_says_so_in_words() {
        assertThat(Flag.values()).isSorted();
        assertThat(Flag.HARD_WIDENED).isLessThan(Flag.WIDENED);
        assertThat(Flag.OTHER_DRUG).isLessThan(Flag.HARD_WIDENED);
        assertThat(List.of(Flag.values()))
                .extracting(flag -> flag.word().toLowerCase(Locale.ROOT))
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }
}
