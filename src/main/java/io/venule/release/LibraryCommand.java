package io.venule.release;

import io.venule.druglibrary.LibraryDiff;
import io.venule.druglibrary.LibraryLint;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command {@code ops/library}: reads libraries as files, for review before two people sign. {@code compare OLD_DIR NEW_DIR} tells what is different;
 * {@code check DIR} tells every fault with its remedy, then what lint finds, which is no fault. With {@code --json} it tells machines. Exits 0 where nothing is
 * flagged and no fault is found, 1 where something is, 2 on wrong use and where a folder cannot be read.
 */
public final class LibraryCommand {
    static final String USAGE = """
            usage: ops/library compare OLD_DIR NEW_DIR [--json]
                   ops/library check DIR [--json]
              compare  what NEW_DIR permits and means otherwise than OLD_DIR, the gravest first
              check    what is wrong in DIR, with file, entry and remedy; then what lint finds
              --json   the same for machines""";

    private static final int GOOD = 0;
    private static final int FLAGGED = 1;
    private static final int UNREADABLE = 2;

    private final PrintStream out;
    private final boolean json;

    private LibraryCommand(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    static int run(String[] arguments, PrintStream out) {
        var words = new ArrayList<>(List.of(arguments));
        var command = new LibraryCommand(out, words.remove("--json"));
        try {
            if (words.size() == 3 && words.getFirst().equals("compare")) {
                return command.compare(words.get(1), words.get(2));
            }
            if (words.size() == 2 && words.getFirst().equals("check")) {
                return command.check(words.get(1));
            }
        } catch (UncheckedIOException | IllegalArgumentException e) {
            out.println(e.getMessage());
            return UNREADABLE;
        }
        out.println(USAGE);
        return UNREADABLE;
    }

    private int compare(String before, String after) {
        var readings = List.of(read(before), read(after));
        var faults = new ArrayList<LibraryFault>();
        var releases = new ArrayList<Release>();
        for (var reading : readings) {
            switch (reading) {
                case LibraryReading.Loaded(var release) -> releases.add(release);
                case LibraryReading.Refused(var found) -> faults.addAll(found);
            }
        }
        if (!faults.isEmpty()) {
            return tell(faults);
        }
        var diff = LibraryDiff.between(
                releases.getFirst().library(), releases.getLast().library());
        tell(DiffText.json(diff), DiffText.lines(diff));
        return diff.flagged() == 0 ? GOOD : FLAGGED;
    }

    private int check(String folder) {
        return switch (read(folder)) {
            case LibraryReading.Refused(var faults) -> tell(faults);
            case LibraryReading.Loaded(var release) -> {
                tell(release, LibraryLint.of(release.library()));
                yield GOOD;
            }
        };
    }

    private static LibraryReading read(String folder) {
        var path = Path.of(folder);
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("No such folder: " + folder);
        }
        return LibraryText.read(path);
    }

    private int tell(List<LibraryFault> faults) {
        var lines = new ArrayList<>(faults.stream().map(LibraryFault::sentence).toList());
        lines.add("BAD: " + count(faults.size(), "fault") + "; nothing of such a library is used.");
        tell(
                Json.object()
                        .put(
                                "faults",
                                Json.list(faults.stream()
                                        .map(fault -> Json.object()
                                                .put("file", fault.file())
                                                .put("entry", fault.entry())
                                                .put("problem", fault.problem())
                                                .put("remedy", fault.remedy())
                                                .build())
                                        .toList()))
                        .build(),
                lines);
        return FLAGGED;
    }

    private void tell(Release release, List<LibraryLint.Finding> findings) {
        var lines = new ArrayList<>(findings.stream()
                .map(finding -> "lint " + finding.entry() + ": " + finding.sentence())
                .toList());
        lines.add("OK: " + DiffText.named(release.version()) + ", no fault; lint found " + findings.size() + ".");
        tell(
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

    private void tell(Json forMachines, List<String> lines) {
        if (json) {
            out.println(CanonicalJson.text(forMachines));
        } else {
            lines.forEach(out::println);
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
