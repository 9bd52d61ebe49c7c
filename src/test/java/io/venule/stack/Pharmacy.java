package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyFiles;
import io.venule.signing.KeyRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Two pharmacists at {@code ops/library}, each with a key of their own: the library as they keep it, and the key folder in which the server finds what they signed.
 * Source: docs/drug-library.md, "Publishing a release".
 */
record Pharmacy(Path library, Path keys) {
    private static final Path SHIPPED = Path.of("drug-library");
    private static final Path TOOL = Path.of("ops", "library");
    private static final Map<String, String> PEOPLE = Map.of("1", "anna", "2", "ben");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What the tool said, and how it ended. */
    record Told(int exit, String text) {
        String done() {
            assertThat(exit).as(text).isZero();
            return text;
        }
    }

    /** The example library as if it were the hospital's own. */
    static Pharmacy withExample(Path library, Path keys) throws IOException {
        try (var files = Files.walk(SHIPPED)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = library.resolve(SHIPPED.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling("."));
                Files.copy(file, copy);
            }
        }
        replace(library.resolve("library.json"), "example, not for clinical use", "clinical use");
        return new Pharmacy(library, keys);
    }

    /** Both look at it and sign; returns the hash that they named. */
    String signed(String named) throws IOException, InterruptedException {
        var checked = tool("check", library.toString()).done();
        assertThat(checked).contains("OK: " + named);
        var at = checked.indexOf("OK: " + named) + ("OK: " + named).length();
        var sha256 = checked.substring(at, at + 64);
        for (var person : PEOPLE.entrySet()) {
            var into = keys.resolve("release-" + person.getKey() + ".jws");
            Files.deleteIfExists(into);
            tool(
                            "sign",
                            library.toString(),
                            "--release",
                            sha256,
                            "--as",
                            person.getValue(),
                            "--key",
                            keys.resolve("library-" + person.getKey() + ".key").toString(),
                            "--into",
                            into.toString())
                    .done();
        }
        assertThat(tool("approval", library.toString(), keys.toString()).done())
                .endsWith("APPROVED: " + named + sha256 + ", by anna and ben.\n");
        return sha256;
    }

    /** The first pharmacist's key, as if it had been made nearly two years ago. */
    void firstKeyEndsSoon() throws IOException {
        var now = Instant.now();
        var key = KeyFiles.signingKey(keys.resolve("library-1.key")).verifyingKey();
        var certificate = new KeyCertificate(
                key,
                KeyRole.LIBRARY_RELEASE,
                KeyCertificate.EVERY_SCOPE,
                now.minus(Duration.ofDays(710)),
                now.plus(Duration.ofDays(20)));
        Files.writeString(
                keys.resolve("library-1.jws"), certificate.signedBy(KeyFiles.signingKey(keys.resolve("root.key"))));
    }

    /** One dose limit in one entry, and the counter; {@code ops/library} tells it to who looks. */
    void widened() throws IOException, InterruptedException {
        var before = tool(
                "release",
                library.toString(),
                "--into",
                keys.resolve("before.json").toString());
        before.done();
        replace(library.resolve("library.json"), "\"counter\": 1,", "\"counter\": 2,");
        replace(library.resolve("drugs/dopamine.json"), "\"hardHigh\": \"30\"", "\"hardHigh\": \"40\"");
        var told = tool("compare", keys.resolve("before.json").toString(), library.toString());
        assertThat(told.exit()).isOne();
        assertThat(told.text()).contains("Dose, hard high: 30 mcg/kg/min -> 40 mcg/kg/min [hard limit widened]");
    }

    /** The library is what a release was, under a higher counter. */
    void again(Path release, long counter) throws IOException, InterruptedException {
        var again = library.resolveSibling("again");
        tool("again", release.toString(), again.toString(), "--counter", Long.toString(counter))
                .done();
        RunFolder.deleteTree(library);
        Files.move(again, library);
    }

    private static Told tool(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(TOOL.toString()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Told(process.exitValue(), text);
    }

    private static void replace(Path file, String before, String after) throws IOException {
        var text = Files.readString(file);
        assertThat(text).contains(before);
        var at = text.indexOf(before);
        Files.writeString(file, text.substring(0, at) + after + text.substring(at + before.length()));
    }
}
