package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.venule.simulator.FleetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * A library's life on the packaged server and its pumps, by {@code ops/library} as two pharmacists use it: signed, changed, in use, and an earlier one published
 * again. Source: docs/drug-library.md, "Publishing a release"; EXPECTATIONS rows 21 and 26.
 */
class PublishedLibraryIT {
    private static final Path SHIPPED = Path.of("drug-library");
    private static final Path TOOL = Path.of("ops", "library");
    private static final String PHARMACIST = "pharmacist";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What the tool said, and how it ended. */
    private record Told(int exit, String text) {}

    @Test
    void two_people_publish_a_change_and_then_what_was_before_it() throws Exception {
        try (var stack = VenuleStack.start(
                        RunFolder.forTests(), VenuleStack.freePort(), new FleetPlan(2, 0, 1, Optional.empty()));
                var api = new Api(stack)) {
            var library = copied(stack.folder().root().resolve("library"));
            var pharmacy = new Pharmacy(stack, library);
            var first = pharmacy.signed("release 1, ");
            var venule = VenuleProcess.start(stack, Map.of("venule.library.directory", library.toString()));
            new DemoWard(api).enter(stack.pumps());
            inUse(stack, api, 1, first);

            change(library);
            assertThat(tool("compare", SHIPPED.toString(), library.toString()))
                    .satisfies(told -> assertThat(told.exit()).isOne())
                    .satisfies(told -> assertThat(told.text())
                            .contains("Dose, hard high: 30 mcg/kg/min -> 40 mcg/kg/min [hard limit widened]"));
            venule.kill();
            assertThatThrownBy(venule::restart)
                    .as("a start on what nobody signed")
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("venule ended with 78")
                    .hasMessageContaining("signed another release");
            var second = pharmacy.signed("release 2, ");
            venule.restart();
            inUse(stack, api, 2, second);

            var kept = stack.folder().root().resolve("kept.json");
            Files.write(
                    kept,
                    api.get(PHARMACIST, "/api/v1/library/releases/" + first)
                            .expect(200)
                            .body()
                            .bytes());
            var again = stack.folder().root().resolve("again");
            assertThat(tool("again", kept.toString(), again.toString(), "--counter", "3")
                            .exit())
                    .isZero();
            RunFolder.deleteTree(library);
            Files.move(again, library);
            var third = pharmacy.signed("release 3, ");
            venule.kill();
            venule.restart();
            inUse(stack, api, 3, third);
            assertThat(changes(api, first, third)).isEmpty();
            assertThat(changes(api, second, third)).containsExactly("dopamine/adult-icu/double-concentrated");
        }
    }

    /** Two people, each with a key of their own, and the folder in which the server finds what they signed. */
    private record Pharmacy(VenuleStack stack, Path library) {
        private static final Map<String, String> PEOPLE = Map.of("1", "anna", "2", "ben");

        /** Both look at it and sign; returns the hash that they named. */
        private String signed(String named) throws IOException, InterruptedException {
            var keys = stack.folder().keys();
            var checked = tool("check", library.toString()).text();
            assertThat(checked).contains("OK: " + named);
            var at = checked.indexOf("OK: " + named) + ("OK: " + named).length();
            var sha256 = checked.substring(at, at + 64);
            for (var person : PEOPLE.entrySet()) {
                var into = keys.resolve("release-" + person.getKey() + ".jws");
                Files.deleteIfExists(into);
                var told = tool(
                        "sign",
                        library.toString(),
                        "--release",
                        sha256,
                        "--as",
                        person.getValue(),
                        "--key",
                        keys.resolve("library-" + person.getKey() + ".key").toString(),
                        "--into",
                        into.toString());
                assertThat(told.exit()).as(told.text()).isZero();
            }
            var approval = tool("approval", library.toString(), keys.toString());
            assertThat(approval.exit()).as(approval.text()).isZero();
            assertThat(approval.text()).endsWith("APPROVED: " + named + sha256 + ", by anna and ben.\n");
            return sha256;
        }
    }

    private static Told tool(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(TOOL.toString()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Told(process.exitValue(), text);
    }

    /** The server names it and who signed it, and every pump holds it. */
    private static void inUse(VenuleStack stack, Api api, long counter, String sha256) throws Exception {
        var newest = api.get(PHARMACIST, "/api/v1/library/releases")
                .expect(200)
                .json()
                .get(0);
        assertThat(newest.get("counter").longValue()).isEqualTo(counter);
        assertThat(newest.get("sha256").textValue()).isEqualTo(sha256);
        assertThat(texts(newest.get("signers"))).containsExactly("anna", "ben");
        for (var pump : stack.pumps()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(new FrontPanelClient(pump.panel())
                                    .state()
                                    .get("libraryCounter")
                                    .longValue())
                            .isEqualTo(counter));
        }
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    /** What is different between two kept releases, by key. */
    private static List<String> changes(Api api, String from, String to) throws Exception {
        var answer = api.get(PHARMACIST, "/api/v1/library/changes?from=" + from + "&to=" + to)
                .expect(200);
        return answer.json().get("parts").findValues("key").stream()
                .map(JsonNode::textValue)
                .toList();
    }

    private static Path copied(Path to) throws IOException {
        try (var files = Files.walk(SHIPPED)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(SHIPPED.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling("."));
                Files.copy(file, copy);
            }
        }
        return to;
    }

    /** One dose limit in one entry, and the counter. */
    private static void change(Path library) throws IOException {
        replace(library.resolve("library.json"), "\"counter\": 1,", "\"counter\": 2,");
        replace(library.resolve("drugs/dopamine.json"), "\"hardHigh\": \"30\"", "\"hardHigh\": \"40\"");
    }

    private static void replace(Path file, String before, String after) throws IOException {
        var text = Files.readString(file);
        assertThat(text).contains(before);
        var at = text.indexOf(before);
        Files.writeString(file, text.substring(0, at) + after + text.substring(at + before.length()));
    }
}
