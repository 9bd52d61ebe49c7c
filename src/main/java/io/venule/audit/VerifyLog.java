package io.venule.audit;

import io.venule.audit.LogVerifier.Verdict;
import io.venule.signing.KeyFiles;
import io.venule.signing.NoteKey;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code ops/verify-log DIR --key log.vkey}: checks an exported log offline, without the server that wrote it.
 * The last line is the verdict. Exits 0 where the log is as signed, 1 where it is not, 2 on wrong use.
 */
public final class VerifyLog {
    private static final String USAGE = "usage: ops/verify-log DIR --key FILE";
    private static final long PROGRESS_STEP = 100 * TilePath.WIDTH;

    private VerifyLog() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    static int run(String[] arguments, PrintStream out) {
        if (arguments.length != 3 || !arguments[1].equals("--key")) {
            out.println(USAGE);
            return 2;
        }
        var directory = Path.of(arguments[0]);
        if (!Files.isDirectory(directory)) {
            out.println("No such directory: " + directory);
            return 2;
        }
        NoteKey key;
        try {
            key = KeyFiles.noteKey(Path.of(arguments[2]));
        } catch (UncheckedIOException | IllegalArgumentException e) {
            out.println(e.getMessage());
            return 2;
        }
        out.println(
                "Log " + key.name() + " in " + directory + ", key " + key.key().id());
        var began = System.nanoTime();
        var verdict = LogVerifier.verify(LogFiles.in(directory), key, (looked, size) -> {
            if (looked % PROGRESS_STEP == 0 || looked == size) {
                var seconds = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)) / 1000.0;
                out.printf(
                        Locale.ROOT,
                        "  %d of %d entries, %d%%, %.0f a second%n",
                        looked,
                        size,
                        looked * 100 / size,
                        looked / seconds);
            }
        });
        return tell(verdict, out);
    }

    private static int tell(Verdict verdict, PrintStream out) {
        return switch (verdict) {
            case Verdict.Intact(var checkpoint, var pumpTexts, var unjudged) -> {
                out.println("  " + pumpTexts + " texts signed by pumps hold; " + unjudged
                        + " texts of signers whose key is not in the log were not judged");
                out.println("OK: " + checkpoint.head().size() + " entries, root "
                        + checkpoint.head().root() + ", all as signed.");
                yield 0;
            }
            case Verdict.BadCheckpoint(var what) -> bad(out, "checkpoint: " + what);
            case Verdict.BadEntry(var index, var what) -> bad(out, "first bad entry is " + index + ": " + what);
            case Verdict.BadTile(var file, var what) -> bad(out, "file " + file + ": " + what);
            case Verdict.BadRange(var from, var end, var what) ->
                bad(out, "first bad entry is between " + from + " and " + (end - 1) + ": " + what);
        };
    }

    private static int bad(PrintStream out, String what) {
        out.println("BAD: " + what);
        return 1;
    }
}
