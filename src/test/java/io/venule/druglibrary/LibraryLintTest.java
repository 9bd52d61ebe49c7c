package io.venule.druglibrary;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.LibraryLint.Kind;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.quantity.FlowRate;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryLintTest {
    /** DOMAIN, "Lint example from real data": heparin starts at 18, soft limit 100, no hard limit: a tenfold slip gives one alert. */
    @Test
    void heparin_without_a_hard_limit_is_found() {
        assertThat(kinds(true, "18", "1", "100", "")).containsExactly(Kind.NO_HARD_HIGH, Kind.TENFOLD_NOT_STOPPED);
        assertThat(kinds(false, "18", "1", "100", "")).isEmpty();
    }

    @ParameterizedTest(name = "start {0}, soft high {1}, hard high {2}: stopped {3}")
    @CsvSource({
        "18, 100, 179, true",
        "18, 100, 180, false",
        "18, 100, 181, false",
        "'', 17, 169, true",
        "'', 17, 170, false",
        "'', '', 30, true"
    })
    void tenfold_of_the_start_or_the_soft_limit_must_meet_a_hard_limit(
            String start, String softHigh, String hardHigh, boolean stopped) {
        assertThat(kinds(true, start, "", softHigh, hardHigh))
                .isEqualTo(stopped ? List.of() : List.of(Kind.TENFOLD_NOT_STOPPED));
    }

    @Test
    void a_soft_limit_that_never_speaks_is_found() {
        assertThat(kinds(false, "", "", "5", "5")).containsExactly(Kind.SOFT_EQUALS_HARD);
        assertThat(kinds(false, "", "", "5", "6")).isEmpty();
    }

    @Test
    void a_range_over_a_factor_of_a_thousand_is_found() {
        assertThat(kinds(false, "", "0.1", "99.9", "")).isEmpty();
        assertThat(kinds(false, "", "0.1", "100", "")).containsExactly(Kind.VERY_WIDE);
    }

    @Test
    void a_fluid_is_judged_by_its_rate() {
        var entry = entry(
                true, new Dosing.FluidRate(), Bound.none(), limits("", "10", "50", FlowRate::ofMillilitresPerHour));

        assertThat(LibraryLint.of(library(entry)))
                .extracting(LibraryLint.Finding::sentence)
                .containsExactly(
                        "TESTdrug: a high-alert drug without a hard upper limit.",
                        "TESTdrug: ten times 50 mL/h meets no hard limit.");
    }

    private static List<Kind> kinds(boolean highAlert, String start, String softLow, String softHigh, String hardHigh) {
        Function<String, Dose> dose = value -> Dose.of(value, "[iU]/kg/h");
        var unit = DoseUnit.ofUcum("[iU]/kg/h").orElseThrow();
        var soft = limits("", softLow, softHigh, dose);
        var limits = new Limits<>(soft.hardLow(), soft.softLow(), soft.softHigh(), bound(hardHigh, dose));
        var entry = entry(highAlert, new Dosing.ContinuousDose(unit, limits), bound(start, dose), Limits.none());
        return LibraryLint.of(library(entry)).stream()
                .map(LibraryLint.Finding::kind)
                .toList();
    }

    private static <Q> Limits<Q> limits(String hardLow, String softLow, String softHigh, Function<String, Q> of) {
        return new Limits<>(bound(hardLow, of), bound(softLow, of), bound(softHigh, of), Bound.none());
    }

    private static <Q> Bound<Q> bound(String value, Function<String, Q> of) {
        return value.isEmpty() ? Bound.none() : Bound.at(of.apply(value));
    }

    private static DrugLibrary library(LibraryEntry entry) {
        return new DrugLibrary(new LibraryVersion(1, "0".repeat(64)), "test", List.of(), List.of(entry), List.of());
    }

    private static LibraryEntry entry(boolean highAlert, Dosing dosing, Bound<Dose> start, Limits<FlowRate> rate) {
        var alert = highAlert ? new Drug.HighAlert.Yes("test") : new Drug.HighAlert.No();
        return new LibraryEntry(
                "testdrug/icu/standard",
                new Drug("testdrug", "testdrug", "TESTdrug", "", alert, Drug.SecondCheck.NEVER),
                "icu",
                "",
                dosing,
                new Dosing.Strength.None(),
                rate,
                Limits.none(),
                new Dosing.Bolus.NotAllowed(),
                start,
                "",
                "test",
                "own",
                "");
    }
}
