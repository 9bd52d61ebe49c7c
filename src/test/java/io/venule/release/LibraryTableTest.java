package io.venule.release;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A library's entries out into a table and back, and what spreadsheets do to it. Source: EXPECTATIONS row 24; docs/drug-library.md, "As a table". */
class LibraryTableTest {
    private static final Release SHIPPED = loaded(LibraryText.read(Path.of("drug-library")));
    private static final String MORPHINE = "morphine/adult-icu/50mg-50ml";
    private static final List<String> TEXTS = List.of(
            "\"", "\"\"", ",", ";", "\n", "\r\n", "\t", "'", "''", "=", "+", "-", "@", "＝", "＋", "－", "＠", "µ", "ä",
            "漢", "💉", "\uFEFF", " ", "x", "0.5", "1E-3", "\u00A0");
    private static final Release SMALL = with(SHIPPED, new Random(1), 4);

    private static Release loaded(LibraryReading reading) {
        return switch (reading) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults);
        };
    }

    private static Release filled(TableReading reading) {
        return switch (reading) {
            case TableReading.Filled(var release) -> release;
            case TableReading.Refused(var faults) -> throw new AssertionError(faults);
        };
    }

    private static List<String> faults(TableReading reading) {
        return switch (reading) {
            case TableReading.Filled(var release) -> throw new AssertionError(release);
            case TableReading.Refused(var faults) ->
                faults.stream().map(TableFault::sentence).toList();
        };
    }

    private static List<String> faults(SheetOfTest sheet) {
        return faults(LibraryTable.fill(SHIPPED, sheet.bytes(), 2));
    }

    private static SheetOfTest sheet() {
        return SheetOfTest.of(LibraryTable.of(SHIPPED));
    }

    private static void comesBack(Release release) {
        var back = filled(LibraryTable.fill(
                release, LibraryTable.of(release), release.version().counter()));

        assertThat(back.canonicalBytes()).isEqualTo(release.canonicalBytes());
        assertThat(back.version()).isEqualTo(release.version());
    }

    @Test
    void the_shipped_library_comes_back_byte_for_byte() {
        comesBack(SHIPPED);
        assertThat(sheet().rows()).isEqualTo(SHIPPED.library().entries().size() + 1);
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_library_comes_back_byte_for_byte(int seed) {
        comesBack(with(SHIPPED, new Random(seed), 12));
    }

    /** Some of the drugs; each entry with other texts and without some of what may be absent. */
    private static Release with(Release release, Random random, int drugs) {
        var parts = ReleaseFolder.parts(release);
        var some = new ArrayList<>(parts.drugs());
        while (some.size() > drugs) {
            some.remove(random.nextInt(some.size()));
        }
        var changed = some.stream()
                .map(drug -> {
                    var members = new TreeMap<>(((JsonObject) drug.json()).members());
                    members.put(
                            "entries",
                            Json.list(LibraryTable.entries(drug.json()).stream()
                                    .map(entry -> changed((JsonObject) entry, random))
                                    .toList()));
                    return new Part(new JsonObject(members), drug.place());
                })
                .toList();
        return loaded(new LibraryReader(new Faults())
                .read(new Parts(
                        parts.library(),
                        parts.careAreas(),
                        changed,
                        new Part(Json.list(List.of()), parts.products().place()))));
    }

    private static JsonObject changed(JsonObject entry, Random random) {
        var members = new TreeMap<>(entry.members());
        for (var absent : List.of("rate", "weight", "bolus", "start", "therapy", "usual", "note")) {
            if (random.nextInt(4) == 0) {
                members.remove(absent);
            }
        }
        for (var text : List.of("therapy", "usual", "source", "note")) {
            if (random.nextBoolean()) {
                members.put(text, Json.text(text(random)));
            }
        }
        if (members.get("dosing") instanceof JsonObject(var dosing)
                && dosing.get("dose") instanceof JsonObject(var dose)) {
            var fewer = new TreeMap<>(dose);
            fewer.remove(List.of("hardLow", "softLow", "softHigh", "hardHigh").get(random.nextInt(4)));
            var other = new TreeMap<>(dosing);
            other.put("dose", new JsonObject(fewer));
            members.put("dosing", new JsonObject(other));
        }
        return new JsonObject(members);
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        do {
            text.append(TEXTS.get(random.nextInt(TEXTS.size())));
        } while (random.nextInt(5) > 0 || text.toString().isBlank());
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "\ta", "\ra", "\na", " =1", "'", "'a", "''a", "'=1"
            })
    void what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe_and_comes_back(String text) {
        var cell = TableCell.quoted(text);

        assertThat(cell).isEqualTo("\"'" + text + "\"");
        assertThat(TableCell.meant(cell.substring(1, cell.length() - 1))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a'", "1=1", "0.5"})
    void other_texts_stay_as_they_are(String text) {
        assertThat(TableCell.quoted(text)).isEqualTo('"' + text + '"');
        assertThat(TableCell.meant(text)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0} \"{1}\": {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "doseSoftLow | 0,9 | doseSoftLow: \"0,9\" has a decimal comma. Write a decimal point",
                "doseSoftLow | 1,000 | doseSoftLow: \"1,000\" has a comma, decimal or of thousands. Write",
                "doseSoftLow | 1,000.5 | doseSoftLow: \"1,000.5\" has a sign between thousands. Write the digits together",
                "doseSoftLow | 1.000.000 | doseSoftLow: \"1.000.000\" has a sign between thousands.",
                "doseSoftLow | 1E-3 | doseSoftLow: \"1E-3\" is written with an exponent. Write every digit",
                "doseSoftLow | 1,2e5 | doseSoftLow: \"1,2e5\" is written with an exponent.",
                "doseSoftLow | .9 | doseSoftLow: \".9\" has no digit on one side of its point. Write digits on both sides",
                "doseSoftLow | 9. | doseSoftLow: \"9.\" has no digit on one side of its point.",
                "doseSoftLow | 0.90 | doseSoftLow: \"0.90\" ends with a zero after its point. Take such zeros out",
                "doseSoftLow | 05 | doseSoftLow: \"05\" begins with a zero. Take such zeros out",
                "doseSoftLow | 0.1234567891 | doseSoftLow: \"0.1234567891\" has more digits than are kept.",
                "doseSoftLow | ~ 0.5~ | doseSoftLow: \" 0.5\" has blanks before or after it. Take them out",
                "doseSoftLow | ##### | doseSoftLow: \"#####\" is a spreadsheet's error or a column too narrow.",
                "doseSoftLow | soon | doseSoftLow: \"soon\" is not a number.",
                "doseSoftLow | -1 | doseSoftLow: \"-1\" is not a number.",
                "doseSoftLow | 10.000000001 | doseSoftLow: softLow 10.000000001 is above softHigh 10. Make the limits rise",
                "doseUnit | mg/fortnight | doseUnit: unknown unit mg/fortnight in a dose. Use a UCUM code",
                "doseUnit | ug/min | doseUnit: unit ug/min is not one in which this drug is dosed. Use one of its dosingUnits",
                "doseUnit | ~~ | doseUnit: unit is missing. Add \"unit\".",
                "mode | fluid | doseUnit: mode fluid has no dose. Take it out, or correct the mode.",
                "mode | slowly | mode: unknown dosing mode slowly. Use continuous, intermittent or fluid.",
                "mode | intermittent | doseUnit: unit mg/h is a rate. Use a total dose, without a time.",
                "careArea | ward-9 | careArea: unknown care area ward-9.",
                "basis | guess | basis: unknown basis guess. Use published, derived or own.",
                "source | ~~ | source: source is missing.",
                "source | ~ ~ | source: source is not a text of 1 to 1000 characters.",
                "strengthAmount | 0 | strengthAmount: the amount of drug is 0.",
                "strengthAmountUnit | mL | strengthAmountUnit: unknown unit mL in an amount.",
                "strengthVolume | 0 | strengthVolume: the quantity is out of range. Correct its value.",
                "strengthVolumeUnit | L | strengthVolumeUnit: unit L is not mL. Write it in mL.",
                "concentrationUnit | mg/mL | strengthAmount: strength has not exactly one of fixed and custom.",
                "rateUnit | mL/min | rateUnit: unit mL/min of rate is not mL/h. Write it in mL/h.",
                "weightHardLow | 2 | weightUnit: unit is missing. Add \"unit\".",
                "bolusRateUnit | mg/h | bolusDoseUnit: dose is missing. Add \"dose\".",
                "start | 1 | startUnit: unit is missing. Add \"unit\".",
                "id | nobody/adult-icu/x | id: unknown drug \"nobody\". Begin the id with the code of a drug",
                "id | morphine | id: unknown drug \"\". Begin the id with the code of a drug",
                "id | morphine/picu/x | id: id morphine/picu/x does not fit its place. Write morphine/adult-icu/",
                "id | ~~ | id: the id is missing. Write",
            })
    void a_fault_is_told_by_row_and_column(String column, String cell, String told) {
        var sheet = sheet();
        var row = sheet.rowOf(MORPHINE);

        var found = faults(sheet.with(row, column, cell));

        assertThat(found).anyMatch(sentence -> sentence.startsWith("row " + row + ", " + told));
        assertThat(found).allMatch(sentence -> sentence.startsWith("row " + row + ", "));
    }

    @Test
    void all_faults_of_all_rows_are_told_at_once_and_what_breaks_the_lines_of_a_cell_moves_no_row() {
        var sheet = sheet();
        var row = sheet.rowOf(MORPHINE);
        sheet.with(2, "usual", "one\r\n\"two\"\n\nfour")
                .with(3, "doseSoftLow", "0,9")
                .with(row, "doseSoftLow", ".5")
                .with(row, "doseUnit", "mg/year")
                .with(sheet.rows(), "basis", "guess");

        assertThat(faults(sheet))
                .extracting(sentence -> sentence.substring(0, sentence.indexOf(':')))
                .contains(
                        "row 3, doseSoftLow",
                        "row " + row + ", doseSoftLow",
                        "row " + row + ", doseUnit",
                        "row " + sheet.rows() + ", basis")
                .doesNotHaveDuplicates();
    }

    @Test
    void an_id_twice_is_told_with_both_rows() {
        var sheet = sheet();
        var row = sheet.rowOf(MORPHINE);

        assertThat(faults(sheet.with(row + 1, "id", MORPHINE)))
                .containsExactly("row " + (row + 1) + ", id: id " + MORPHINE + " is in row " + row
                        + " too. Keep one, or give it an id of its own.");
    }

    @Test
    void columns_may_stand_in_any_order_but_each_must_be_there_once_and_no_other() {
        assertThat(filled(LibraryTable.fill(SHIPPED, sheet().turned().bytes(), 1))
                        .version())
                .isEqualTo(SHIPPED.version());
        assertThat(faults(sheet().with(1, "note", "notes").with(1, "usual", "source")))
                .containsExactly(
                        "row 1, source: the column is there twice. Keep one.",
                        "row 1, notes: unknown column \"notes\", the 49. from the left. Take it out or correct its name.",
                        "row 1, usual: the column is missing. Add it, with empty cells where nothing is to be said.",
                        "row 1, note: the column is missing. Add it, with empty cells where nothing is to be said.");
    }

    @Test
    void empty_rows_are_skipped_and_counted_and_a_byte_order_mark_may_be_absent() {
        var text = new String(LibraryTable.of(SHIPPED), UTF_8);
        var sheet = sheet();
        var row = sheet.rowOf(MORPHINE);

        assertThat(text).startsWith("\uFEFF\"id\",\"careArea\",\"therapy\",\"mode\",\"doseUnit\"");
        assertThat(filled(LibraryTable.fill(SHIPPED, (text.substring(1) + "\r\n,, ,\r\n").getBytes(UTF_8), 1))
                        .version())
                .isEqualTo(SHIPPED.version());
        assertThat(faults(sheet.with(row, "basis", "guess").emptyRowBefore(row)))
                .singleElement()
                .asString()
                .startsWith("row " + (row + 1) + ", basis");
    }

    @ParameterizedTest(name = "{0} cells")
    @ValueSource(ints = {-1, 1})
    void a_row_of_another_length_is_told(int more) {
        var sheet = sheet();
        var row = sheet.rowOf(MORPHINE);

        assertThat(faults(sheet.longer(row, more)))
                .singleElement()
                .asString()
                .startsWith(
                        "row " + row + ": the row has " + (49 + more) + " cells, and the header 49. Look for a comma");
    }

    @ParameterizedTest(name = "{0} characters")
    @CsvSource({"999, true", "1000, true", "1001, false", "1002, false", "5000, false"})
    void a_text_has_a_thousand_characters(int length, boolean taken) {
        var sheet = sheet();
        var row = sheet.rowOf(MORPHINE);
        var reading = LibraryTable.fill(
                SHIPPED, sheet.with(row, "usual", "a".repeat(length)).bytes(), 2);

        assertThat(reading instanceof TableReading.Filled).isEqualTo(taken);
        if (!taken) {
            assertThat(faults(reading)).singleElement().asString().startsWith("row " + row + ", usual: ");
        }
    }

    @Test
    void a_file_of_another_form_is_refused_with_what_to_do() {
        assertThat(faults(LibraryTable.fill(SHIPPED, "id;careArea;mode\n".getBytes(UTF_8), 2)))
                .singleElement()
                .asString()
                .startsWith("row 1: the cells are not separated by commas. Save it as \"CSV UTF-8");
        assertThat(faults(LibraryTable.fill(SHIPPED, "id,Grüße\n".getBytes(ISO_8859_1), 2)))
                .containsExactly("row 1: the file is not UTF-8. Save it as \"CSV UTF-8 (comma delimited)\".");
        assertThat(faults(LibraryTable.fill(SHIPPED, new byte[0], 2)))
                .singleElement()
                .asString()
                .startsWith("row 1: there is no header.");
        var text = new String(LibraryTable.of(SHIPPED), UTF_8);
        assertThat(faults(LibraryTable.fill(
                        SHIPPED, text.substring(0, text.length() - 3).getBytes(UTF_8), 2)))
                .singleElement()
                .asString()
                .startsWith("row " + sheet().rows() + ": a quotation mark is not closed");
    }

    @Test
    void a_table_has_a_longest_length_and_a_largest_number_of_rows() {
        var table = LibraryTable.of(SMALL);
        var rows = SheetOfTest.of(table).rows();
        var most = new String(table, UTF_8) + ",\r\n".repeat(TableRows.MOST_ROWS - rows);

        assertThat(filled(LibraryTable.fill(SMALL, most.getBytes(UTF_8), 1)).version())
                .isEqualTo(SMALL.version());
        assertThat(faults(LibraryTable.fill(SMALL, (most + ",\r\n").getBytes(UTF_8), 1)))
                .containsExactly("row 10001: there are more than 10000 rows. Take out what is no entry.");
        assertThat(TableRows.of(new byte[LibraryText.LARGEST_DRAFT]).faults()).isEmpty();
        assertThat(TableRows.of(new byte[LibraryText.LARGEST_DRAFT + 1]).faults())
                .singleElement()
                .extracting(TableFault::problem)
                .isEqualTo("the file has more than 4194304 bytes");
    }

    static IntStream manySeeds() {
        return IntStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void whatever_is_done_to_a_table_is_read_or_refused_with_a_reason(int seed) {
        var random = new Random(seed);
        var table = LibraryTable.of(SMALL);
        for (int i = random.nextInt(20); i >= 0; i--) {
            var some = "\",\n\r;'0.\0=é".getBytes(UTF_8);
            table[random.nextInt(random.nextBoolean() ? 300 : table.length)] =
                    random.nextInt(4) == 0 ? (byte) random.nextInt(256) : some[random.nextInt(some.length)];
        }

        switch (LibraryTable.fill(SMALL, table, 2)) {
            case TableReading.Filled(var release) ->
                assertThat(CanonicalJson.parseCanonical(release.canonicalBytes()))
                        .isInstanceOf(CanonicalJson.Parsed.Ok.class);
            case TableReading.Refused(var faults) ->
                assertThat(faults)
                        .isNotEmpty()
                        .allMatch(fault -> fault.row() >= 1 && !fault.remedy().isBlank());
        }
    }
}
