package io.venule.audit;

import io.venule.audit.LogVerifier.Verdict;
import io.venule.audit.WitnessedState.Found;
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
 * The command {@code ops/verify-log SOURCE --key log.vkey [--root root.pub]}: checks a log without the server that wrote it. The source is an exported directory, the
 * address of a served log, or a bundle of entries with their proofs. The last line is the verdict. Exits 0 where all is as signed, 1 where it is not,
 * 2 on wrong use and where the source cannot be read.
 */
public final class VerifyLog {
    private static final long PROGRESS_STEP = 100 * TilePath.WIDTH;

    private final LogVerifier.Trusted keys;
    private final List<WitnessKey> trusted;
    private final int need;
    private final PrintStream out;

    private VerifyLog(LogVerifier.Trusted keys, List<WitnessKey> trusted, int need, PrintStream out) {
        this.keys = keys;
        this.trusted = List.copyOf(trusted);
        this.need = need;
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    static int run(String[] arguments, PrintStream out) {
        var options = VerifyOptions.of(List.of(arguments));
        if (options.isEmpty()) {
            out.println(VerifyOptions.USAGE);
            return 2;
        }
        var wanted = options.get();
        try {
            return new VerifyLog(wanted.keys(), wanted.trusted(), wanted.need(), out).check(wanted);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            out.println(e.getMessage());
            return 2;
        }
    }

    private int check(VerifyOptions wanted) throws IOException {
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
        out.println("Log " + log().name() + " " + where + ", key " + log().key().id());
        var began = System.nanoTime();
        var verdict = LogVerifier.verify(files, keys, (looked, size) -> {
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
        return tell(verdict, files);
    }

    private int bundle(Path file) throws IOException {
        out.println("Entries of log " + log().name() + " in " + file + ", key "
                + log().key().id());
        try (var zip = new ZipFile(file.toFile())) {
            var names = zip.stream().map(ZipEntry::getName).toList();
            return switch (ProofBundle.verify(names, name -> part(zip, name), keys)) {
                case ProofBundle.Verdict.Holds(var checkpoint, var entries, var orders, var releases, var unjudged) -> {
                    var words = Cosignature.under(checkpoint, trusted).size();
                    if (words < need) {
                        yield bad("checkpoint: " + words + " of the witnesses named have cosigned, and " + need
                                + " should have");
                    }
                    tellByRoot(orders, releases, unjudged);
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

    private int tell(Verdict verdict, LogFiles files) {
        return switch (verdict) {
            case Verdict.Intact(var checkpoint, var texts) -> {
                out.println("  " + texts.pumpTexts() + " texts signed by pumps hold; " + texts.unjudged()
                        + " texts of signers whose key is not in the log were not judged");
                tellByRoot(texts.orders(), texts.releases(), texts.unjudgedByRoot());
                var objection = witnessed(files, checkpoint.head().size());
                if (!objection.isEmpty()) {
                    yield bad(objection);
                }
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

    /** Tells what witnesses say; gives why that is not enough, or nothing. */
    private String witnessed(LogFiles files, long size) {
        return switch (WitnessedState.of(files, log(), size, trusted)) {
            case Found.Wrong(var what) -> "witnessed: " + what;
            case Found.Nothing n -> {
                out.println("  no witness has cosigned what is here");
                yield need > 0 ? "witnessed: nobody cosigned, and " + need + " should have" : "";
            }
            case Found.State(var state) -> {
                var names = state.names();
                out.println("  the first " + state.checkpoint().head().size() + " entries: " + names.size()
                        + " cosignatures, " + state.words().size() + " of them by the " + trusted.size()
                        + " witnesses that were named");
                state.words().forEach(word -> out.println("    " + word.by().name() + " at " + word.at()));
                yield state.words().size() < need
                        ? "witnessed: " + state.words().size() + " of the witnesses named have cosigned, and " + need
                                + " should have"
                        : "";
            }
        };
    }

    private void tellByRoot(long orders, long releases, long unjudged) {
        out.println(
                keys.root()
                        .map(root -> "  " + orders + " signed orders and " + releases
                                + " releases signed by two people hold under root " + root.id())
                        .orElseGet(
                                () -> "  " + unjudged
                                        + " signed orders and signatures of releases were not judged: that takes the root's key (--root)"));
    }

    private NoteKey log() {
        return keys.log();
    }

    private int bad(String what) {
        out.println("BAD: " + what);
        return 1;
    }
}
