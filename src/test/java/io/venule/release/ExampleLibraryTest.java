package io.venule.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.LibraryLint;
import io.venule.druglibrary.Limits;
import io.venule.druglibrary.Product;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The library in {@code drug-library/} loads, is large enough to be a hospital's, and is faithful to its source. */
class ExampleLibraryTest {
    private static final Release RELEASE = load();

    private static Release load() {
        return switch (LibraryText.read(Path.of("drug-library"))) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) ->
                throw new AssertionError(String.join(
                        "\n", faults.stream().map(LibraryFault::sentence).toList()));
        };
    }

    @Test
    void it_has_all_care_areas_and_enough_drugs_and_entries() {
        var library = RELEASE.library();

        assertThat(library.careAreas())
                .extracting(CareArea::name)
                .containsExactlyInAnyOrder(
                        "Adult ICU", "Adult Med-Surg", "ED", "L&D", "NICU", "Oncology", "OR/Anesthesia", "PICU");
        assertThat(library.entries()).hasSizeGreaterThanOrEqualTo(300);
        assertThat(library.entries().stream().map(LibraryEntry::drug).distinct())
                .hasSizeGreaterThanOrEqualTo(120);
        assertThat(library.entries().stream().map(LibraryEntry::careArea).distinct())
                .hasSize(8);
        assertThat(library.entries()).allSatisfy(entry -> {
            assertThat(entry.source()).isNotBlank();
            assertThat(entry.basis()).isIn("published", "derived", "own");
        });
        assertThat(RELEASE.use()).isEqualTo("example, not for clinical use");
    }

    @Test
    void its_release_text_reads_back_as_the_same_release() {
        var again = LibraryText.readRelease(RELEASE.canonicalBytes());

        assertThat(again).isInstanceOfSatisfying(LibraryReading.Loaded.class, loaded -> {
            assertThat(loaded.release().version()).isEqualTo(RELEASE.version());
            assertThat(loaded.release().library().entries())
                    .containsExactlyElementsOf(RELEASE.library().entries());
        });
    }

    @Test
    void the_common_infusions_have_a_product_that_can_be_scanned() {
        var products = RELEASE.library().products().stream().map(Product::drug).collect(Collectors.toSet());

        assertThat(products)
                .contains(
                        "norepinephrine",
                        "dopamine",
                        "propofol",
                        "heparin",
                        "insulin-regular",
                        "morphine",
                        "vancomycin",
                        "potassium-chloride",
                        "iv-fluid-maintenance-crystalloid",
                        "amiodarone",
                        "dexmedetomidine",
                        "midazolam");
    }

    /** What the published limits leave open is known and counted: it may shrink, and nobody adds to it unseen. */
    @Test
    void each_high_alert_entry_stops_a_tenfold_dose_or_is_a_known_finding() {
        var known = Map.of(
                LibraryLint.Kind.NO_HARD_HIGH, 67L,
                LibraryLint.Kind.TENFOLD_NOT_STOPPED, 89L,
                LibraryLint.Kind.SOFT_EQUALS_HARD, 15L,
                LibraryLint.Kind.VERY_WIDE, 9L);

        var findings = LibraryLint.of(RELEASE.library());

        assertThat(findings.stream().collect(Collectors.groupingBy(LibraryLint.Finding::kind, Collectors.counting())))
                .isEqualTo(known);
        assertThat(findings)
                .extracting(LibraryLint.Finding::sentence)
                .contains("DOPamine: soft and hard upper limit are both 5 mcg/kg/min.");
    }

    /** Row by row against the facts it was built from, where they are at hand; what is left out is listed in drug-library/README.md. */
    @Test
    void every_row_of_the_facts_is_an_entry_with_the_same_limits_and_source() throws IOException {
        var facts = Path.of(System.getProperty("vectors.dir", "../shared/vectors"))
                .resolveSibling("data")
                .resolve("drug-facts.csv");
        assumeThat(Files.exists(facts)).as("the facts are at hand").isTrue();
        var rows = new ArrayList<>(Files.readAllLines(facts).stream()
                .map(ExampleLibraryTest::columns)
                .toList());
        var header = rows.removeFirst();
        var areas = RELEASE.library().careAreas().stream().collect(Collectors.toMap(CareArea::code, CareArea::name));
        var matched = new HashSet<String>();
        var unmatched = new ArrayList<String>();

        for (var row : rows) {
            Function<String, String> fact = column -> row.get(header.indexOf(column));
            var entries = RELEASE.library().entries().stream()
                    .filter(entry -> fact.apply("care_area").equals(areas.get(entry.careArea())))
                    .filter(entry -> fact.apply("drug").startsWith(entry.drug().name()))
                    .filter(entry -> entry.usual().equals(fact.apply("usual_range_note")))
                    .filter(entry -> entry.source().equals(fact.apply("source"))
                            && entry.basis().equals(fact.apply("basis")))
                    .filter(entry -> limits(entry).equals(factsOf(fact)))
                    .toList();
            entries.forEach(entry -> matched.add(entry.id()));
            if (entries.isEmpty()) {
                unmatched.add(fact.apply("care_area") + " " + fact.apply("drug"));
            }
        }

        assertThat(unmatched)
                .containsExactlyInAnyOrder(
                        "NICU nitroglycerin",
                        "NICU parenteral nutrition (glucose infusion rate)",
                        "Adult Med-Surg morphine (PCA demand)",
                        "Adult Med-Surg hydromorphone (PCA demand)",
                        "Adult Med-Surg fentanyl (PCA demand)",
                        "Adult Med-Surg morphine (PCA, pump library)");
        assertThat(matched).hasSameSizeAs(RELEASE.library().entries());
    }

    private static List<String> factsOf(Function<String, String> fact) {
        var unit = fact.apply("dosing_unit");
        var hardMax = fact.apply("hard_max");
        var limits = new ArrayList<>(List.of(unit));
        for (var column : List.of("hard_min", "soft_min", "soft_max")) {
            limits.add(canonical(fact.apply(column)));
        }
        var capped = unit.equals("mL/h") && hardMax.isEmpty() ? fact.apply("max_rate_ml_h") : hardMax;
        limits.add(canonical(capped));
        return limits;
    }

    private static String canonical(String number) {
        return number.isEmpty()
                ? ""
                : new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    private static List<String> limits(LibraryEntry entry) {
        return switch (entry.dosing()) {
            case Dosing.ContinuousDose continuous -> texts(continuous.unit().ucum(), continuous.limits(), Dose::value);
            case Dosing.IntermittentDose total -> texts(total.unit().ucum(), total.limits(), Dose::value);
            case Dosing.FluidRate() -> texts("mL/h", entry.rate(), rate -> rate.millilitresPerHour());
        };
    }

    private static <Q> List<String> texts(String unit, Limits<Q> limits, Function<Q, Decimal> value) {
        var texts = new ArrayList<>(List.of(unit));
        for (var bound : List.of(limits.hardLow(), limits.softLow(), limits.softHigh(), limits.hardHigh())) {
            texts.add(bound.asOptional().map(value).map(Decimal::canonical).orElse(""));
        }
        return texts;
    }

    /** One line of comma-separated values with quotes. */
    private static List<String> columns(String line) {
        var columns = new ArrayList<String>();
        var column = new StringBuilder();
        var quoted = false;
        for (int i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                column.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                columns.add(column.toString());
                column.setLength(0);
            } else {
                column.append(c);
            }
        }
        columns.add(column.toString());
        return columns;
    }
}
