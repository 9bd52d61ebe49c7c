package io.venule.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ops/library table} and {@code fill}: what they say, write and leave alone. Source: EXPECTATIONS row 24; docs/drug-library.md, "As a table". */
class TableCommandTest {
    private static final String SHIPPED = "drug-library";
    private static final String MORPHINE = "morphine/adult-icu/50mg-50ml";

    @TempDir
    Path folder = Path.of("");

    private Path table = Path.of("");
    private Path filled = Path.of("");

    private record Told(int exit, String text) {}

    private static Told run(String... words) {
        var out = new ByteArrayOutputStream();
        var exit = LibraryCommand.run(words, new PrintStream(out, true, UTF_8), InstantSource.system());
        return new Told(exit, out.toString(UTF_8).replace("\r\n", "\n"));
    }

    @BeforeEach
    void table() {
        table = folder.resolve("limits.csv");
        filled = folder.resolve("filled");
        assertThat(run("table", SHIPPED, "--into", table.toString()).exit()).isZero();
    }

    private static Release release(Path place) {
        return switch (LibraryText.readAny(place)) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults);
        };
    }

    private void change(String column, String cell) throws IOException {
        var sheet = SheetOfTest.of(Files.readAllBytes(table));
        Files.write(table, sheet.with(sheet.rowOf(MORPHINE), column, cell).bytes());
    }

    private Told fill(String counter) {
        return run("fill", SHIPPED, table.toString(), "--into", filled.toString(), "--counter", counter);
    }

    @Test
    void out_and_in_again_under_the_same_counter_is_the_same_release() {
        var told = fill("1");

        assertThat(told.exit()).isZero();
        assertThat(told.text()).startsWith("WRITTEN: release 1, ").endsWith("OK: it is the same release.\n");
        assertThat(release(filled).version())
                .isEqualTo(release(Path.of(SHIPPED)).version());
        assertThat(release(filled).canonicalBytes())
                .isEqualTo(release(Path.of(SHIPPED)).canonicalBytes());
    }

    @Test
    void a_dry_run_says_what_would_be_different_and_writes_nothing() throws IOException {
        var same = run("fill", SHIPPED, table.toString());
        change("doseHardHigh", "25");

        var told = run("fill", SHIPPED, table.toString());

        assertThat(same.exit()).isZero();
        assertThat(same.text()).startsWith("DRY RUN: nothing is written").endsWith("otherwise than before.\n");
        assertThat(told.exit()).isOne();
        assertThat(told.text())
                .startsWith("DRY RUN: nothing is written")
                .contains("hard limit widened", MORPHINE)
                .endsWith("FLAGGED: look at 1 of 1 differences.\n");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(table);
        }
    }

    @Test
    void an_entry_that_is_not_in_the_table_is_gone_and_the_comparison_says_so() throws IOException {
        var sheet = SheetOfTest.of(Files.readAllBytes(table));
        Files.write(table, sheet.without(sheet.rowOf(MORPHINE)).bytes());

        var told = fill("2");

        assertThat(told.exit()).isZero();
        assertThat(told.text()).contains("removed", MORPHINE);
        assertThat(release(filled).library().entries())
                .hasSize(release(Path.of(SHIPPED)).library().entries().size() - 1)
                .noneMatch(entry -> entry.id().equals(MORPHINE));
    }

    @Test
    void faults_are_told_by_row_and_column_and_nothing_is_written() throws IOException {
        change("doseSoftLow", "0,5");
        var row = SheetOfTest.of(("\uFEFF" + Files.readString(table)).getBytes(UTF_8))
                .rowOf(MORPHINE);

        var told = fill("2");

        assertThat(told)
                .isEqualTo(new Told(
                        1,
                        "row " + row
                                + ", doseSoftLow: \"0,5\" has a decimal comma. Write a decimal point, and no sign between thousands, such as 0.9 or 1000.\n"
                                + "BAD: 1 fault; nothing of such a table is used.\n"));
        assertThat(filled).doesNotExist();
        assertThat(run("fill", SHIPPED, table.toString(), "--json").text())
                .startsWith("{\"faults\":[{\"column\":\"doseSoftLow\",\"problem\":\"\\\"0,5\\\" has a decimal comma\"")
                .contains("\"row\":" + row + "}]}");
    }

    @Test
    void machines_are_told_release_and_changes() {
        assertThat(run("fill", SHIPPED, table.toString(), "--json").text())
                .startsWith("{\"changes\":{")
                .contains("\"folder\":\"\"", "\"release\":{\"counter\":2,");
        assertThat(run("table", SHIPPED, "--into", table + "2", "--json").text())
                .contains(
                        "\"file\":\"" + table + "2\"",
                        "\"sha256\":\"" + release(Path.of(SHIPPED)).version().sha256());
    }

    @Test
    void nothing_is_written_over() throws IOException {
        var before = Files.readAllBytes(table);
        Files.createDirectory(filled);

        assertThat(run("table", SHIPPED, "--into", table.toString()))
                .isEqualTo(new Told(1, "Not written: " + table + " exists and is not overwritten.\n"));
        assertThat(fill("2")).isEqualTo(new Told(1, "Not written: " + filled + " exists and is not overwritten.\n"));
        assertThat(table).hasBinaryContent(before);
        assertThat(filled).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "02", "two", "1000000000", ""})
    void a_counter_is_a_whole_number_not_below_the_one_before(String counter) {
        var told = fill(counter);

        assertThat(told.exit()).isOne();
        assertThat(told.text()).startsWith("Not written: the counter must be a whole number not below 1,");
        assertThat(filled).doesNotExist();
    }

    /** Two libraries under one counter could not be told apart by it. */
    @Test
    void the_counter_of_what_is_there_is_taken_for_nothing_else() throws IOException {
        change("doseHardHigh", "25");

        var told = fill("1");

        assertThat(told.exit()).isOne();
        assertThat(told.text()).startsWith("Not written: 1 is the counter of what is there already");
        assertThat(filled).doesNotExist();
    }

    @Test
    void wrong_use_is_told_and_what_cannot_be_read_is_named() {
        assertThat(run("fill", SHIPPED, folder.resolve("none.csv").toString()))
                .isEqualTo(new Told(2, "No file of a table: " + folder.resolve("none.csv") + "\n"));
        assertThat(run("fill", SHIPPED, table.toString(), "--into", filled.toString())
                        .exit())
                .isEqualTo(2);
        assertThat(run("fill", SHIPPED, table.toString(), "--counter", "2").exit())
                .isEqualTo(2);
        assertThat(run("fill", SHIPPED).text()).startsWith("usage: ");
        assertThat(run("table", SHIPPED).text()).startsWith("usage: ");
        assertThat(filled).doesNotExist();
    }
}
