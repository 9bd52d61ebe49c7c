package io.venule.audit;

import io.venule.audit.LogVerifier.Verdict;
import io.venule.signing.KeyFiles;
import io.venule.signing.NoteKey;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The command {@code ops/verify-log SOURCE --key log.vkey}: checks a log without the server that wrote it. The source is an exported directory, the
 * address of a served log, or a bundle of entries with their proofs. The last line is the verdict. Exits 0 where all is as signed, 1 where it is not,
 * 2 on wrong use and where the source cannot be read.
 */
public final class VerifyLog {
    private static final String USAGE = """
            usage: ops/verify-log SOURCE --key FILE [--token FILE]
              SOURCE  a directory that a log was exported to, http(s)://…/audit/log, or a bundle.zip of entries with proofs
              --key   the log's verifier key (log.vkey), from somebody else than the source
              --token a bearer token for a served log that asks for one""";

    private static final long PROGRESS_STEP = 100 * TilePath.WIDTH;

    private final NoteKey key;
    private final PrintStream out;

    private VerifyLog(NoteKey key, PrintStream out) {
        this.key = key;
        this.out = out;
    }

    /** What the command line says; a token is empty where none is. */
    private record Wanted(String source, Path key, Optional<Path> token) {
        static Optional<Wanted> of(List<String> words) {
            if (words.size() < 3 || !words.get(1).equals("--key")) {
                return Optional.empty();
            }
            if (words.size() == 3) {
                return Optional.of(new Wanted(words.get(0), Path.of(words.get(2)), Optional.empty()));
            }
            return words.size() == 5 && words.get(3).equals("--token")
                    ? Optional.of(new Wanted(words.get(0), Path.of(words.get(2)), Optional.of(Path.of(words.get(4)))))
                    : Optional.empty();
        }
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    static int run(String[] arguments, PrintStream out) {
        var wanted = Wanted.of(List.of(arguments));
        if (wanted.isEmpty()) {
            out.println(USAGE);
            return 2;
        }
        try {
            return new VerifyLog(KeyFiles.noteKey(wanted.get().key()), out).check(wanted.get());
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            out.println(e.getMessage());
            return 2;
        }
    }

    private int check(Wanted wanted) throws IOException {
        var source = wanted.source();
        if (source.matches("https?://.+")) {
            var token = wanted.token().isPresent()
                    ? Files.readString(wanted.token().get()).strip()
                    : "";
            try (var address = new LogAddress(URI.create(source), token)) {
                return whole("at " + source, address);
            }
        }
        var path = Path.of(source);
        if (Files.isDirectory(path)) {
            return whole("in " + path, LogFiles.in(path));
        }
        if (Files.isRegularFile(path)) {
            return bundle(path);
        }
        out.println("No such directory, bundle or address: " + source);
        return 2;
    }

    private int whole(String where, LogFiles files) {
        out.println("Log " + key.name() + " " + where + ", key " + key.key().id());
        var began = System.nanoTime();
        var verdict = LogVerifier.verify(files, key, (looked, size) -> {
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
        return tell(verdict);
    }

    private int bundle(Path file) throws IOException {
        out.println("Entries of log " + key.name() + " in " + file + ", key "
                + key.key().id());
        try (var zip = new ZipFile(file.toFile())) {
            var names = zip.stream().map(ZipEntry::getName).toList();
            return switch (ProofBundle.verify(names, name -> part(zip, name), key)) {
                case ProofBundle.Verdict.Holds(var checkpoint, var entries) -> {
                    out.println("OK: " + entries + " entries, each as signed in the log of "
                            + checkpoint.head().size() + ", root "
                            + checkpoint.head().root() + ".");
                    yield 0;
                }
                case ProofBundle.Verdict.Broken(var part, var what) -> bad(part + ": " + what);
            };
        }
    }

    private static Optional<byte[]> part(ZipFile zip, String name) {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (var in = zip.getInputStream(entry)) {
            var content = in.readNBytes(LogFiles.MAX_BYTES + 1);
            return content.length > LogFiles.MAX_BYTES ? Optional.empty() : Optional.of(content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private int tell(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Intact(var checkpoint, var pumpTexts, var unjudged) -> {
                out.println("  " + pumpTexts + " texts signed by pumps hold; " + unjudged
                        + " texts of signers whose key is not in the log were not judged");
                out.println("OK: " + checkpoint.head().size() + " entries, root "
                        + checkpoint.head().root() + ", all as signed.");
                yield 0;
            }
            case Verdict.BadCheckpoint(var what) -> bad("checkpoint: " + what);
            case Verdict.BadEntry(var index, var what) -> bad("first bad entry is " + index + ": " + what);
            case Verdict.BadTile(var file, var what) -> bad("file " + file + ": " + what);
            case Verdict.BadRange(var from, var end, var what) ->
                bad("first bad entry is between " + from + " and " + (end - 1) + ": " + what);
        };
    }

    private int bad(String what) {
        out.println("BAD: " + what);
        return 1;
    }
}
