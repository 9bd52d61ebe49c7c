package io.venule.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A library with one fault is refused with file, entry and remedy. */
class LibraryTextTest {
    private static final String DOPAMINE = "drugs/dopamine.json";

    static final Map<String, String> LIBRARY =
            Map.of("library.json", """
            {"counter": 3, "title": "Test library", "use": "tests"}
            """, "care-areas.json", """
            [{"code": "icu", "name": "ICU", "rate": {"unit": "mL/h", "hardHigh": "999"},
              "keepVeinOpen": {"unit": "mL/h", "value": "20"}, "source": "own", "basis": "own"}]
            """, DOPAMINE, """
            {"code": "dopamine", "name": "dopamine", "tallMan": "DOPamine", "highAlert": "adrenergic agonist IV",
             "secondCheck": "override",
             "dosingUnits": ["ug/kg/min", "mg/kg", "mg/min"], "amountUnits": ["mg"],
             "entries": [
              {"id": "dopamine/icu/standard", "careArea": "icu", "therapy": "Standard",
               "dosing": {"mode": "continuous", "dose": {"unit": "ug/kg/min", "hardLow": "0.5", "softLow": "1", "softHigh": "20", "hardHigh": "30"}},
               "strength": {"fixed": {"amount": {"unit": "mg", "value": "400"}, "volume": {"unit": "mL", "value": "250"}}},
               "rate": {"unit": "mL/h", "hardHigh": "500"}, "weight": {"unit": "kg", "softLow": "3"},
               "bolus": {"dose": {"unit": "mg/kg", "softHigh": "1"}, "rate": {"unit": "mg/min", "hardHigh": "2"}},
               "start": {"unit": "ug/kg/min", "value": "5"}, "source": "label", "basis": "published"},
              {"id": "dopamine/icu/load", "careArea": "icu",
               "dosing": {"mode": "intermittent", "dose": {"unit": "mg/kg", "softHigh": "7"}, "duration": {"unit": "min", "softLow": "30"}},
               "strength": {"custom": {"unit": "mg/mL", "softHigh": "3.2"}}, "source": "label", "basis": "own"}]}
            """, "products.json", """
            [{"gtin": "02000000001012", "name": "DOPamine 400 mg in 250 mL", "drug": "dopamine",
              "strength": {"fixed": {"amount": {"unit": "mg", "value": "400"}, "volume": {"unit": "mL", "value": "250"}}},
              "volume": {"unit": "mL", "value": "250"}}]
            """);

    @Test
    void a_good_library_becomes_one_release_named_by_counter_and_hash() {
        var release = release(LIBRARY);

        assertThat(release.version().counter()).isEqualTo(3);
        assertThat(release.library().title()).isEqualTo("Test library");
        assertThat(release.use()).isEqualTo("tests");
        assertThat(release.library().entry("dopamine/icu/standard")).hasValueSatisfying(entry -> {
            assertThat(entry.drug().tallMan()).isEqualTo("DOPamine");
            assertThat(entry.drug().isHighAlert()).isTrue();
            assertThat(entry.start().asOptional()).isPresent();
            assertThat(entry.basis()).isEqualTo("published");
        });
        assertThat(release.library().product("02000000001012")).isPresent();
        assertThat(release.size()).isEqualTo(release.canonicalBytes().length);
    }

    @Test
    void the_release_does_not_depend_on_spacing_or_order_but_on_every_value() {
        var release = release(LIBRARY);
        var spaced = changed(DOPAMINE, ", ", "  ,\n ");
        var other = changed(DOPAMINE, "\"30\"", "\"31\"");

        assertThat(release(spaced).version()).isEqualTo(release.version());
        assertThat(release(other).version()).isNotEqualTo(release.version());
    }

    @Test
    void a_release_text_reads_back_and_one_changed_byte_is_refused_or_another_release() {
        var release = release(LIBRARY);
        var bytes = release.canonicalBytes();

        assertThat(LibraryText.readRelease(bytes))
                .isInstanceOfSatisfying(
                        LibraryReading.Loaded.class,
                        again -> assertThat(again.release().version()).isEqualTo(release.version()));
        for (int i = 0; i < bytes.length; i++) {
            var broken = bytes.clone();
            broken[i] ^= 1;
            switch (LibraryText.readRelease(broken)) {
                case LibraryReading.Refused refused ->
                    assertThat(refused.faults()).isNotEmpty();
                case LibraryReading.Loaded(var loaded) ->
                    assertThat(loaded.version().sha256())
                            .isNotEqualTo(release.version().sha256());
            }
        }
        assertThat(LibraryText.readRelease(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(LibraryReading.Refused.class);
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drugs/dopamine.json | \"softHigh\": \"20\" | \"softHigh\": \"31\" | dopamine/icu/standard | softHigh 31 is above hardHigh 30",
                "drugs/dopamine.json | \"softLow\": \"1\" | \"softLow\": \"0.4\" | dopamine/icu/standard | hardLow 0.5 is above softLow 0.4",
                "drugs/dopamine.json | \"softLow\": \"1\" | \"softLow\": \"21\" | dopamine/icu/standard | softLow 21 is above softHigh 20",
                "drugs/dopamine.json | {\"unit\": \"ug/kg/min\", \"hardLow\" | {\"unit\": \"mcg/kg/min\", \"hardLow\" | dopamine/icu/standard | unknown unit mcg/kg/min",
                "drugs/dopamine.json | {\"unit\": \"ug/kg/min\", \"hardLow\" | {\"unit\": \"ng/kg/min\", \"hardLow\" | dopamine/icu/standard | unit ng/kg/min is not one in which this drug is dosed",
                "drugs/dopamine.json | {\"unit\": \"ug/kg/min\", \"hardLow\" | {\"unit\": \"mg/kg\", \"hardLow\" | dopamine/icu/standard | unit mg/kg is a total",
                "drugs/dopamine.json | {\"unit\": \"mg/kg\", \"softHigh\": \"7\" | {\"unit\": \"ug/kg/min\", \"softHigh\": \"7\" | dopamine/icu/load | unit ug/kg/min is a rate",
                "drugs/dopamine.json | {\"unit\": \"mg\", \"value\": \"400\"} | {\"unit\": \"meq\", \"value\": \"400\"} | dopamine/icu/standard | unit meq is not one in which this drug is counted",
                "drugs/dopamine.json | {\"unit\": \"mg/mL\" | {\"unit\": \"mg/L\" | dopamine/icu/load | unit mg/L is not an amount per mL",
                "drugs/dopamine.json | \"amountUnits\": [\"mg\"] | \"amountUnits\": [\"mg\", \"mcg\"] | `` | unknown unit mcg in amountUnits",
                "drugs/dopamine.json | \"amountUnits\": [\"mg\"] | \"amountUnits\": [\"meq\"] | `` | it is dosed in",
                "drugs/dopamine.json | \"value\": \"400\" | \"value\": \"0\" | dopamine/icu/standard | the amount of drug is 0",
                "drugs/dopamine.json | \"value\": \"250\" | \"value\": \"0\" | dopamine/icu/standard | the quantity is out of range",
                "drugs/dopamine.json | \"value\": \"400\" | \"value\": \"400.0\" | dopamine/icu/standard | value \"400.0\" is not a canonical decimal",
                "drugs/dopamine.json | \"value\": \"400\" | \"value\": 400 | dopamine/icu/standard | value is not a text",
                "drugs/dopamine.json | \"hardHigh\": \"500\" | \"hardHigh\": \"10000\" | dopamine/icu/standard | hardHigh 10000 is out of range",
                "drugs/dopamine.json | \"unit\": \"kg\" | \"unit\": \"g\" | dopamine/icu/standard | unit g of weight is not kg",
                "drugs/dopamine.json | \"careArea\": \"icu\", \"therapy\" | \"careArea\": \"iccu\", \"therapy\" | dopamine/icu/standard | unknown care area iccu",
                "drugs/dopamine.json | \"id\": \"dopamine/icu/load\" | \"id\": \"dopamin/icu/load\" | dopamin/icu/load | id dopamin/icu/load does not fit its place",
                "drugs/dopamine.json | \"id\": \"dopamine/icu/load\" | \"id\": \"dopamine/icu/standard\" | dopamine/icu/standard | is there twice",
                "drugs/dopamine.json | \"value\": \"5\" | \"value\": \"21\" | dopamine/icu/standard | start 21 ug/kg/min is outside the soft limits",
                "drugs/dopamine.json | \"value\": \"5\" | \"value\": \"0.9\" | dopamine/icu/standard | start 0.9 ug/kg/min is outside the soft limits",
                "drugs/dopamine.json | \"mode\": \"continuous\" | \"mode\": \"forever\" | dopamine/icu/standard | unknown dosing mode forever",
                "drugs/dopamine.json | \"basis\": \"own\" | \"basis\": \"hearsay\" | dopamine/icu/load | unknown basis hearsay",
                "drugs/dopamine.json | , \"basis\": \"own\" | `` | dopamine/icu/load | basis is missing",
                "drugs/dopamine.json | \"source\": \"label\", \"basis\": \"own\" | \"basis\": \"own\" | dopamine/icu/load | source is missing",
                "drugs/dopamine.json | \"therapy\" | \"terapy\" | dopamine/icu/standard | unknown member terapy",
                "drugs/dopamine.json | \"tallMan\": \"DOPamine\" | \"tallMan\": \"DOBUTamine\" | `` | tallMan DOBUTamine is not the name dopamine",
                "drugs/dopamine.json | \"code\": \"dopamine\" | \"code\": \"dobutamine\" | `` | the drug's code is dobutamine",
                "drugs/dopamine.json | \"softLow\": \"1\" | \"softLow\": \"1\", \"softLow\": \"2\" | `` | it is not JSON of our kind",
                "drugs/dopamine.json | \"softLow\": \"1\" | \"softLow\": 1.5 | `` | it is not JSON of our kind",
                "drugs/dopamine.json | \"strength\": {\"custom\" | \"strength\": {\"usual\" | dopamine/icu/load | strength has not exactly one of fixed and custom",
                "products.json | 02000000001012 | 02000000001013 | 02000000001013 | has not 14 digits with a right check digit",
                "products.json | 02000000001012 | 2000000001012 | 2000000001012 | has not 14 digits with a right check digit",
                "products.json | \"drug\": \"dopamine\" | \"drug\": \"dopamin\" | 02000000001012 | unknown drug dopamin",
                "products.json | [{ | {\"a\": {| `` | it is not JSON of our kind",
                "care-areas.json | \"code\": \"icu\" | \"code\": \"ICU\" | ICU | code ICU is not a code",
                "care-areas.json | , \"source\": \"own\" | `` | icu | source is missing",
                "library.json | 3 | 0 | `` | counter is not a whole number from 1",
                "library.json | \"use\": \"tests\" | \"use\": \"\" | `` | use is not a text"
            })
    void one_fault_is_named_with_file_entry_and_remedy(
            String file, String from, String to, String entry, String problem) {
        var faults = faults(changed(file, from, to == null ? "" : to));

        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.file()).isEqualTo(file);
            assertThat(fault.entry()).isEqualTo(entry);
            assertThat(fault.problem()).contains(problem);
            assertThat(fault.remedy()).isNotBlank();
        });
    }

    @Test
    void a_missing_file_and_a_file_too_many_are_named() {
        var missing = new HashMap<>(LIBRARY);
        missing.remove("products.json");
        var extra = new HashMap<>(LIBRARY);
        extra.put("drug/dopamine.json", "{}");

        assertThat(faults(missing)).extracting(LibraryFault::file).containsExactly("products.json");
        assertThat(faults(extra)).extracting(LibraryFault::file).containsExactly("drug/dopamine.json");
    }

    @Test
    void all_faults_are_named_at_once() {
        var files = new HashMap<>(changed(DOPAMINE, "\"softHigh\": \"20\"", "\"softHigh\": \"31\""));
        files.put("library.json", "{\"counter\": 0, \"title\": \"T\", \"use\": \"u\", \"more\": 1}");
        files.put("products.json", LIBRARY.getOrDefault("products.json", "").replace("1012", "1013"));

        assertThat(faults(files))
                .extracting(LibraryFault::file)
                .containsExactlyInAnyOrder("library.json", "library.json", DOPAMINE, "products.json");
    }

    @Test
    void a_fault_reads_as_a_sentence() {
        var fault = faults(changed(DOPAMINE, "\"softHigh\": \"20\"", "\"softHigh\": \"31\""))
                .getFirst();

        assertThat(fault.sentence())
                .isEqualTo("drugs/dopamine.json, dopamine/icu/standard: softHigh 31 is above hardHigh 30."
                        + " Make the limits rise: hardLow, softLow, softHigh, hardHigh; equal is allowed.");
    }

    private static Map<String, String> changed(String file, String from, String to) {
        var files = new HashMap<>(LIBRARY);
        var text = files.getOrDefault(file, "");
        assertThat(text).contains(from);
        files.put(
                file,
                text.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)));
        return files;
    }

    private static List<LibraryFault> faults(Map<String, String> files) {
        return switch (LibraryText.read(bytes(files))) {
            case LibraryReading.Loaded _ -> List.of();
            case LibraryReading.Refused(var faults) -> faults;
        };
    }

    static Release release(Map<String, String> files) {
        return switch (LibraryText.read(bytes(files))) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults.toString());
        };
    }

    private static Map<String, byte[]> bytes(Map<String, String> files) {
        var bytes = new HashMap<String, byte[]>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }
}
