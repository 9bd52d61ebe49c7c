package io.venule.stack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipInputStream;

/** The auditor's part of the demo's check: export the log, verify it offline with {@code ops/verify-log}, change one byte, verify again. */
final class DemoLogCheck {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Api api;
    private final Path folder;
    private final Path root;

    /** @param root the file with the root's public key, which an auditor has from whoever keeps the root */
    DemoLogCheck(Api api, Path folder, Path root) {
        this.api = api;
        this.folder = folder;
        this.root = root;
    }

    void run(Transcript transcript) throws Exception {
        var log = folder.resolve("log");
        transcript.step("log exported", () -> {
            export(log);
            return log + ": " + Files.readAllLines(log.resolve("checkpoint")).get(1) + " entries";
        });
        transcript.step("log verified offline", () -> verify(log, 0));
        transcript.step("one changed byte found", () -> {
            var changed = copy(log, folder.resolve("log-changed"));
            var where = changeOneByte(changed);
            return where + ": " + verify(changed, 1);
        });
    }

    private void export(Path log) throws IOException, InterruptedException {
        RunFolder.deleteTree(log);
        var zip = api.get("auditor", "/api/v1/audit/export").expect(200).body().bytes();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var file = log.resolve(entry.getName()).normalize();
                if (!file.startsWith(log)) {
                    throw new IllegalStateException("export entry leads outside: " + entry.getName());
                }
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
        Files.write(
                folder.resolve("log.vkey"),
                api.get("auditor", "/api/v1/audit/verifier-key")
                        .expect(200)
                        .body()
                        .bytes());
    }

    /** Runs the verifier as an auditor would; gives its last line. */
    private String verify(Path log, int wanted) throws IOException, InterruptedException {
        var output = folder.resolve("verify-log.txt");
        var process = new ProcessBuilder(
                        Path.of("ops", "verify-log").toString(),
                        log.toString(),
                        "--key",
                        folder.resolve("log.vkey").toString(),
                        "--root",
                        root.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("ops/verify-log did not end within " + LIMIT);
        }
        var lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        var last = lines.isEmpty() ? "" : lines.getLast();
        if (process.exitValue() != wanted) {
            throw new IllegalStateException(
                    "ops/verify-log ended with " + process.exitValue() + " instead of " + wanted + ": " + last);
        }
        return wanted == 0 ? orders(lines) + "; " + last : last;
    }

    /** The line that says how many orders hold: not none. */
    private static String orders(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.matches("[1-9][0-9]* signed orders and [1-9][0-9]* releases .*"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("ops/verify-log judged no order: " + lines));
    }

    private static Path copy(Path from, Path to) throws IOException {
        RunFolder.deleteTree(to);
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return to;
    }

    /** Changes a byte in the middle of the last bundle of entries. */
    private static String changeOneByte(Path log) throws IOException {
        try (var files = Files.walk(log.resolve("tile").resolve("entries"))) {
            var bundle = files.filter(Files::isRegularFile)
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow();
            var bytes = Files.readAllBytes(bundle);
            int middle = bytes.length / 2;
            bytes[middle] ^= 1;
            Files.write(bundle, bytes);
            return "byte " + middle + " of " + log.relativize(bundle);
        }
    }
}
