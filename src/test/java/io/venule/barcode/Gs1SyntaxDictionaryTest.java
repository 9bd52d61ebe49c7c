package io.venule.barcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.barcode.FieldFormat.Component;
import io.venule.barcode.FieldFormat.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our table of application identifiers against the GS1 syntax dictionary, and our linters against its 1,419 cases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Gs1SyntaxDictionaryTest {
    private static final Set<String> NEEDING_A_REGISTER = Set.of("gcppos1", "gcppos2");
    /** Named by the dictionary for identifiers that no label of ours has; their data is checked for length and characters only. */
    private static final Set<String> NOT_DONE = Set.of(
            "gcppos1",
            "gcppos2",
            "iso3166",
            "iso3166999",
            "iso3166alpha2",
            "iso4217",
            "hyphen",
            "yesno",
            "latitude",
            "longitude",
            "importeridx",
            "packagetype",
            "winding",
            "zero",
            "iban",
            "hh",
            "mi",
            "ss",
            "nozeroprefix",
            "hasnondigit",
            "couponcode",
            "couponposoffer");

    record Line(String identifiers, boolean predefinedLength, List<String> components) {}

    record Case(String linter, String input, String error) {
        @Override
        public String toString() {
            return linter + " " + (error.isEmpty() ? "takes" : "refuses") + " "
                    + input.codePoints().mapToObj("%02x"::formatted).toList();
        }
    }

    @Test
    void every_identifier_of_the_dictionary_is_in_our_table_with_the_same_form() {
        var dictionary = dictionary();

        assertThat(dictionary).hasSizeGreaterThan(400);
        assertThat(ApplicationIdentifiers.ALL.keySet()).isEqualTo(dictionary.keySet());
        dictionary.forEach((code, line) -> {
            var ours = ApplicationIdentifiers.at(code, 0).orElseThrow();
            assertThat(ours.predefinedLength()).as(code).isEqualTo(line.predefinedLength());
            assertThat(ours.format().components())
                    .as(code)
                    .isEqualTo(line.components().stream()
                            .map(Gs1SyntaxDictionaryTest::component)
                            .toList());
        });
    }

    @Test
    void the_linters_we_leave_out_are_exactly_the_ones_we_name() {
        var missing = new TreeSet<String>();
        for (var line : lines()) {
            line.components().stream()
                    .flatMap(
                            component -> Arrays.stream(component.split(",", -1)).skip(1))
                    .filter(linter -> Linters.named(linter).isEmpty())
                    .forEach(missing::add);
        }

        assertThat(missing).isEqualTo(new TreeSet<>(NOT_DONE));
    }

    @Test
    void no_identifier_begins_with_another() {
        var codes = ApplicationIdentifiers.ALL.keySet();

        assertThat(codes)
                .allSatisfy(code -> assertThat(codes)
                        .filteredOn(other -> !other.equals(code))
                        .noneMatch(other -> other.startsWith(code)));
    }

    @ParameterizedTest
    @MethodSource("linterNames")
    void a_linter_takes_and_refuses_what_the_published_cases_say(String linter) {
        var check = Linters.named(linter).orElseThrow();
        var cases = cases().stream().filter(c -> c.linter().equals(linter)).toList();

        assertThat(cases).isNotEmpty().allSatisfy(c -> {
            // A file cannot hold the empty text and a NUL apart: such a case is refused for its NUL.
            if (c.input().isEmpty() && !c.error().isEmpty() && linter.startsWith("cset")) {
                return;
            }
            assertThat(check.apply(c.input()))
                    .isEqualTo(c.error().isEmpty() ? Optional.empty() : Optional.of(Fault.valueOf(c.error())));
        });
    }

    @Test
    void every_linter_of_the_cases_but_the_company_prefix_is_done() {
        assertThat(cases().stream().map(Case::linter).distinct())
                .allMatch(name -> Linters.named(name).isPresent() || NEEDING_A_REGISTER.contains(name));
    }

    static List<String> linterNames() {
        return cases().stream()
                .map(Case::linter)
                .distinct()
                .filter(name -> !NEEDING_A_REGISTER.contains(name))
                .toList();
    }

    private static List<Case> cases() {
        return Vectors.rows("gs1/linter-cases.csv").stream()
                .map(row -> new Case(row.get(0), row.get(1), row.get(3).replace("GS1_LINTER_", "")))
                .toList();
    }

    private static Component component(String text) {
        var parts = new ArrayList<>(List.of(text.split(",", -1)));
        parts.removeIf(NOT_DONE::contains);
        var form = parts.removeFirst();
        var plain = form.replaceAll("[\\[\\].]", "");
        var longest = Integer.parseInt(plain.substring(1));
        return new Component(
                Kind.valueOf(plain.substring(0, 1)),
                form.contains("..") ? 1 : longest,
                longest,
                form.startsWith("["),
                parts);
    }

    private static Map<String, Line> dictionary() {
        var all = new TreeMap<String, Line>();
        for (var line : lines()) {
            var ends = line.identifiers().split("-", -1);
            for (int code = Integer.parseInt(ends[0]); code <= Integer.parseInt(ends[ends.length - 1]); code++) {
                all.put(("%0" + ends[0].length() + "d").formatted(code), line);
            }
        }
        return all;
    }

    private static List<Line> lines() {
        return Vectors.text("gs1/gs1-syntax-dictionary.txt")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Gs1SyntaxDictionaryTest::line)
                .toList();
    }

    private static Line line(String text) {
        var words = List.of(text.split("\\s+", -1));
        var hasFlags = !words.get(1).matches("[NXYZ].*");
        var components = words.stream()
                .skip(hasFlags ? 2 : 1)
                .takeWhile(word -> word.matches("\\[?[NXYZ].*"))
                .toList();
        return new Line(words.getFirst(), hasFlags && words.get(1).contains("*"), components);
    }
}
