package io.venule.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command of {@code ops/library}: what it says, and how it exits. Source: EXPECTATIONS row 22; docs/drug-library.md, "Comparing releases". */
class LibraryCommandTest {
    private static final Path SHIPPED = Path.of("drug-library");
    private static final Path GOLDEN = Path.of("src", "test", "resources", "library", "changes.txt");
    private static final String HEPARIN = "drugs/heparin.json";
    private static final String DOPAMINE = "drugs/dopamine.json";

    private static final String DOPAMINE_BAG = """
            "name": "DOPamine 400 mg in 250 mL, bag (made up)",
                "drug": "dopamine",""";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        try (var files = Files.walk(SHIPPED)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var to = folder.resolve(SHIPPED.relativize(file).toString());
                Files.createDirectories(to.resolveSibling("."));
                Files.copy(file, to);
            }
        }
    }

    private record Told(int exit, String text) {
        private String last() {
            return text.strip().substring(text.strip().lastIndexOf('\n') + 1);
        }
    }

    private static Told run(String... words) {
        var out = new ByteArrayOutputStream();
        var exit = LibraryCommand.run(words, new PrintStream(out, true, UTF_8), InstantSource.system());
        return new Told(exit, out.toString(UTF_8).replace("\r\n", "\n"));
    }

    private Told compare() {
        return run("compare", SHIPPED.toString(), folder.toString());
    }

    /** The place where the change is made must be there once, so that a test changes what it says. */
    private void change(String file, String before, String after) {
        try {
            var path = folder.resolve(file);
            var text = Files.readString(path);
            assertThat(text.split(java.util.regex.Pattern.quote(before), -1))
                    .as(before)
                    .hasSize(2);
            Files.writeString(path, text.replace(before, after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A year's work of a pharmacy in one release, and one slip: a product number that now leads to another drug. */
    @Test
    void a_realistic_change_is_told_as_it_was_before() throws IOException {
        change("library.json", "\"counter\": 1,", "\"counter\": 2,");
        change("care-areas.json", "\"hardHigh\": \"25\"", "\"hardHigh\": \"30\"");
        change(DOPAMINE, "\"softLow\": \"2.67\"", "\"softLow\": \"3\"");
        change(HEPARIN, ", \"hardHigh\": \"62\"", "");
        change(HEPARIN, "\"hardHigh\": \"82\"", "\"hardHigh\": \"90\"");
        change(HEPARIN, "\"hardHigh\": \"41\"", "\"hardHigh\": \"40\"");
        change(DOPAMINE, "\"dosingUnits\": [\"ug/kg/min\"]", "\"dosingUnits\": [\"ug/kg/min\", \"ug/min\"]");
        change(
                DOPAMINE,
                "\"unit\": \"ug/kg/min\", \"softLow\": \"2\", \"softHigh\": \"20\"}",
                "\"unit\": \"ug/min\", \"softLow\": \"2\", \"softHigh\": \"20\"}");
        change(HEPARIN, "heparin/ed/25000unit-500ml", "heparin/ed/premix");
        change("drugs/morphine.json", "\"secondCheck\": \"always\"", "\"secondCheck\": \"override\"");
        change("products.json", DOPAMINE_BAG, DOPAMINE_BAG.replace("\"dopamine\"", "\"dobutamine\""));

        var told = compare();

        assertThat(told.exit()).isOne();
        assertThat(stable(told.text())).isEqualTo(Files.readString(GOLDEN));
    }

    /** Without what changes with every other change of the shipped library. */
    private static String stable(String text) {
        return text.replaceAll("[0-9a-f]{64}", "<sha256>").replaceAll("\\d+ unchanged", "<n> unchanged");
    }

    @Test
    void the_same_release_exits_0_and_says_so() {
        var told = compare();

        assertThat(told.exit()).isZero();
        assertThat(told.last()).isEqualTo("OK: it is the same release.");
    }

    @Test
    void what_is_written_otherwise_and_means_the_same_exits_0_and_says_so() {
        change("library.json", "\"counter\": 1,", "\"counter\": 2,");

        var told = compare();

        assertThat(told.exit()).isZero();
        assertThat(told.last()).isEqualTo("OK: nothing is permitted or meant otherwise than before.");
        assertThat(told.text()).doesNotContain("raise it");
    }

    @ParameterizedTest(name = "a soft limit of 1 becomes {0}: exit {1}")
    @CsvSource({"1.000000001, 0, OK: nothing is flagged.", "0.999999999, 1, 'FLAGGED: look at 1 of 1 differences.'"})
    void only_what_is_flagged_exits_1(String softLow, int exit, String last) {
        change(
                DOPAMINE,
                "\"softLow\": \"1\", \"softHigh\": \"20\", \"hardHigh\": \"30\"",
                "\"softLow\": \"" + softLow + "\", \"softHigh\": \"20\", \"hardHigh\": \"30\"");

        var told = compare();

        assertThat(told.exit()).isEqualTo(exit);
        assertThat(told.last()).isEqualTo(last);
        assertThat(told.text()).contains("raise it in library.json");
    }

    @Test
    void a_library_with_faults_is_not_compared_but_told_faults_and_remedies() {
        change(DOPAMINE, "\"2.67\", \"softHigh\": \"20\"", "\"2.67\", \"softHigh\": \"21\"");
        var fault = "drugs/dopamine.json, dopamine/nicu/80mg-50ml: softHigh 21 is above hardHigh 20. ";

        for (var told : new Told[] {compare(), run("check", folder.toString())}) {
            assertThat(told.exit()).isOne();
            assertThat(told.text()).startsWith(fault + "Make the limits rise");
            assertThat(told.last()).isEqualTo("BAD: 1 fault; nothing of such a library is used.");
        }
        var machine = run("check", "--json", folder.toString());
        assertThat(machine.exit()).isOne();
        assertThat(json(machine)).contains("\"entry\":\"dopamine/nicu/80mg-50ml\"", "\"remedy\":");
    }

    @Test
    void what_lint_finds_is_told_and_is_no_fault() {
        var told = run("check", folder.toString());

        assertThat(told.exit()).isZero();
        assertThat(told.text()).startsWith("lint ").contains("lint heparin/adult-icu/");
        assertThat(told.last()).matches("OK: release 1, [0-9a-f]{64}, no fault; lint found [0-9]+\\.");
        assertThat(json(run("check", folder.toString(), "--json"))).contains("\"kind\":\"NO_HARD_HIGH\"");
    }

    @Test
    void machines_read_the_same_differences() {
        change(HEPARIN, "\"secondCheck\": \"always\"", "\"secondCheck\": \"never\"");

        var told = run("compare", SHIPPED.toString(), folder.toString(), "--json");

        assertThat(told.exit()).isOne();
        assertThat(json(told))
                .contains(
                        "\"flagged\":1",
                        "{\"after\":\"never\",\"before\":\"always\",\"flag\":\"less checked\",\"what\":\"Second check\"}");
    }

    private static String json(Told told) {
        assertThat(CanonicalJson.parseCanonical(told.text().strip().getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        CanonicalJson.Parsed.Ok.class,
                        ok -> assertThat(ok.value()).isInstanceOf(Json.JsonObject.class));
        return told.text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "compare",
                "compare drug-library",
                "compare drug-library drug-library more",
                "check",
                "check drug-library drug-library",
                "check nowhere",
                "compare drug-library nowhere",
                "publish drug-library",
                "check drug-library --json --json"
            })
    void wrong_use_and_what_cannot_be_read_exit_2(String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" ")).exit())
                .isEqualTo(2);
    }
}
