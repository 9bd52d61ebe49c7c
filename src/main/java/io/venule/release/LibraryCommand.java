package io.venule.release;

import io.venule.druglibrary.LibraryDiff;
import io.venule.druglibrary.LibraryLint;
import io.venule.signing.Json;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The command {@code ops/library}: everything between a changed text and a release that a server starts on. A library is a folder, or the exact bytes of a release
 * in a file. {@link #USAGE} says what each word does. With {@code --json} it tells machines. Exits 0 where nothing is flagged and nothing is wrong, 1 where something
 * is, 2 on wrong use and where something cannot be read.
 */
public final class LibraryCommand {
    static final String USAGE = """
            usage: ops/library check LIBRARY [--json]
                   ops/library compare OLD NEW [--json]
                   ops/library release LIBRARY --into FILE [--json]
                   ops/library sign LIBRARY --release SHA256 --as SUBJECT --key FILE.key --into FILE [--json]
                   ops/library approval LIBRARY KEYS [--json]
                   ops/library again LIBRARY NEW_DIR --counter N [--json]
                   ops/library table LIBRARY --into FILE.csv [--json]
                   ops/library fill LIBRARY FILE.csv [--into NEW_DIR --counter N] [--json]
              check     what is wrong in LIBRARY, with file, entry and remedy; then what lint finds
              compare   what NEW permits and means otherwise than OLD, the gravest first
              release   the exact bytes of LIBRARY as a release, in one new file: what is signed, and what a draft is tried with
              sign      one pharmacist's signature over exactly the release of that hash; FILE.jws and root.pub lie beside the key
              approval  whether a server with the files in KEYS starts on LIBRARY: by whom it is signed, or what is missing
              again     LIBRARY under a higher counter in a new folder: how an earlier release is published again
              table     every entry of LIBRARY as a row of one new file, for a spreadsheet
              fill      LIBRARY with the entries of such a table and no others: every fault by row and column, or what would be different; written only with --into
              --json    the same for machines
            A LIBRARY is a folder, or a file with the exact bytes of a release.""";

    static final int GOOD = 0;
    static final int WRONG = 1;
    private static final int UNREADABLE = 2;

    private final CommandOutput out;
    private final PublishCommand publishing;
    private final TableCommand tables;

    private LibraryCommand(CommandOutput out, InstantSource clock) {
        this.out = out;
        this.publishing = new PublishCommand(out, clock);
        this.tables = new TableCommand(out);
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, InstantSource.system()));
    }

    static int run(String[] arguments, PrintStream out, InstantSource clock) {
        var words = new ArrayList<>(List.of(arguments));
        var output = new CommandOutput(out, words.remove("--json"));
        try {
            return new LibraryCommand(output, clock).run(words).orElseGet(() -> {
                out.println(USAGE);
                return UNREADABLE;
            });
        } catch (UncheckedIOException | IllegalArgumentException e) {
            out.println(e.getMessage());
            return UNREADABLE;
        }
    }

    /** Empty on wrong use. */
    private Optional<Integer> run(List<String> words) {
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "check" -> CommandWords.of(words, 1).map(this::check);
            case "compare" -> CommandWords.of(words, 2).map(this::compare);
            case "release" ->
                CommandWords.of(words, 1, "--into")
                        .map(asked -> of(asked, release -> publishing.release(release, asked)));
            case "sign" ->
                CommandWords.of(words, 1, "--release", "--as", "--key", "--into")
                        .map(asked -> of(asked, release -> publishing.sign(release, asked)));
            case "approval" ->
                CommandWords.of(words, 2)
                        .map(asked -> of(asked, release -> publishing.approval(release, Path.of(asked.place(1)))));
            case "again" ->
                CommandWords.of(words, 2, "--counter")
                        .map(asked -> of(asked, release -> publishing.again(release, asked)));
            case "table" ->
                CommandWords.of(words, 1, "--into").map(asked -> of(asked, release -> tables.table(release, asked)));
            case "fill" ->
                CommandWords.of(words, 2)
                        .or(() -> CommandWords.of(words, 2, "--into", "--counter"))
                        .map(asked -> of(asked, release -> tables.fill(release, asked)));
            default -> Optional.empty();
        };
    }

    /** What is done with the first place, where it is a library without fault. */
    private int of(CommandWords asked, Function<Release, Integer> done) {
        return switch (LibraryText.readAny(Path.of(asked.place(0)))) {
            case LibraryReading.Loaded(var release) -> done.apply(release);
            case LibraryReading.Refused(var faults) -> out.tell(faults);
        };
    }

    private int compare(CommandWords asked) {
        return of(asked, before -> switch (LibraryText.readAny(Path.of(asked.place(1)))) {
            case LibraryReading.Loaded(var after) -> compare(before, after);
            case LibraryReading.Refused(var faults) -> out.tell(faults);
        });
    }

    private int compare(Release before, Release after) {
        var diff = LibraryDiff.between(before.library(), after.library());
        out.tell(DiffText.json(diff), DiffText.lines(diff));
        return diff.flagged() == 0 ? GOOD : WRONG;
    }

    private int check(CommandWords asked) {
        return of(asked, release -> {
            tell(release, LibraryLint.of(release.library()));
            return GOOD;
        });
    }

    private void tell(Release release, List<LibraryLint.Finding> findings) {
        var lines = new ArrayList<>(findings.stream()
                .map(finding -> "lint " + finding.entry() + ": " + finding.sentence())
                .toList());
        lines.add("OK: " + DiffText.named(release.version()) + ", no fault; lint found " + findings.size() + ".");
        out.tell(
                Json.object()
                        .put("faults", Json.list(List.of()))
                        .put(
                                "findings",
                                Json.list(findings.stream()
                                        .map(finding -> Json.object()
                                                .put("kind", finding.kind().name())
                                                .put("entry", finding.entry())
                                                .put("sentence", finding.sentence())
                                                .build())
                                        .toList()))
                        .put("release", DiffText.json(release.version()))
                        .build(),
                lines);
    }
}
