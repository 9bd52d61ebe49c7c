package io.venule.audit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program in {@code src/test/go/verifylog}, which judges our log with {@code golang.org/x/mod/sumdb}: none of our code. Built where Go and
 * that library are installed; elsewhere the test that asks for it is skipped, and says so.
 */
public final class GoVerifier {
    private static final Path SOURCE = Path.of("src/test/go/verifylog");
    private static final Path PROGRAM = Path.of("target/go/verifylog").toAbsolutePath();
    private static final String DEBIAN = "/usr/share/gocode";
    private static final long LIMIT_MINUTES = 5;

    private GoVerifier() {}

    /** What the program answered. */
    public record Answer(int exit, String said) {
        /** Whether it found everything in order. */
        public boolean isYes() {
            return exit == 0;
        }
    }

    /** Builds the program; skips the test where that cannot be. */
    public static GoVerifier orSkipped() {
        if (findLibrary().isEmpty() || !hasGo()) {
            var why = "NOT CHECKED with Go's sumdb: needs golang-go and golang-golang-x-mod-dev";
            System.out.println(why);
            assumeTrue(false, why);
        }
        var built = run(List.of("go", "build", "-o", PROGRAM.toString(), "."), SOURCE);
        if (!built.isYes()) {
            throw new IllegalStateException("the Go program does not build: " + built.said());
        }
        return new GoVerifier();
    }

    /** Judges an exported directory. */
    public Answer export(Path directory, Path key) {
        return run(List.of(PROGRAM.toString(), "export", directory.toString(), key.toString()), Path.of("."));
    }

    /** Judges roots and proofs of trees that it grows itself. */
    Answer trees(Path file) {
        return run(List.of(PROGRAM.toString(), "trees", file.toString()), Path.of("."));
    }

    /** Says yes or no to each note. */
    Answer notes(Path file, Path key) {
        return run(List.of(PROGRAM.toString(), "notes", file.toString(), key.toString()), Path.of("."));
    }

    private static boolean hasGo() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    }

    private static Optional<String> findLibrary() {
        return Stream.of(Optional.ofNullable(System.getenv("GOPATH")).orElse(DEBIAN), DEBIAN)
                .filter(path -> Files.isDirectory(Path.of(path, "src/golang.org/x/mod/sumdb/tlog")))
                .findFirst();
    }

    private static Answer run(List<String> command, Path folder) {
        try {
            var output = Files.createTempFile("verifylog", ".txt");
            var builder = new ProcessBuilder(new ArrayList<>(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("GO111MODULE", "off");
            builder.environment().put("GOPATH", findLibrary().orElse(DEBIAN));
            builder.environment().put("GOFLAGS", "");
            builder.environment()
                    .put("GOCACHE", Path.of("target/go/cache").toAbsolutePath().toString());
            var process = builder.start();
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end within " + LIMIT_MINUTES + " min: " + command);
            }
            var said = Files.readString(output, StandardCharsets.UTF_8).strip();
            Files.delete(output);
            return new Answer(process.exitValue(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
