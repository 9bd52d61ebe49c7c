package io.venule.release;

import io.venule.druglibrary.LibraryDiff;
import io.venule.signing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A library's entries out into a table and back. Overwrites nothing. Source: docs/drug-library.md, "As a table"; EXPECTATIONS row 24. */
final class TableCommand {
    private static final String INTO = "--into";

    private final CommandOutput out;

    TableCommand(CommandOutput out) {
        this.out = out;
    }

    /** Every entry, in one new file. */
    int table(Release release, CommandWords asked) {
        var file = Path.of(asked.option(INTO));
        return PublishCommand.keep(LibraryTable.of(release), file)
                .map(taken -> out.refuse("Not written: " + taken + " exists and is not overwritten.", List.of()))
                .orElseGet(() -> {
                    out.tell(
                            PublishCommand.named(release)
                                    .put("file", file.toString())
                                    .build(),
                            List.of("WRITTEN: the "
                                    + release.library().entries().size() + " entries of "
                                    + DiffText.named(release.version()) + ", a row each, into " + file + "."));
                    return LibraryCommand.GOOD;
                });
    }

    /** A dry run, unless a folder is named: every fault by row and column, or else what is different. */
    int fill(Release release, CommandWords asked) {
        if (!asked.options().containsKey(INTO)) {
            return read(release, asked, release.version().counter() + 1)
                    .map(filled -> compared(release, filled, Optional.empty()))
                    .orElse(LibraryCommand.WRONG);
        }
        var counter = asked.option("--counter");
        if (!counter.matches("[1-9][0-9]{0,8}")
                || Long.parseLong(counter) < release.version().counter()) {
            return out.refuse(
                    "Not written: the counter must be a whole number not below "
                            + release.version().counter() + ", and above that of the active release.",
                    List.of());
        }
        var folder = Path.of(asked.option(INTO));
        if (Files.exists(folder)) {
            return out.refuse("Not written: " + folder + " exists and is not overwritten.", List.of());
        }
        return read(release, asked, Long.parseLong(counter))
                .map(filled -> written(release, filled, folder))
                .orElse(LibraryCommand.WRONG);
    }

    /** One counter names one release. */
    private int written(Release release, Release filled, Path folder) {
        var counter = filled.version().counter();
        if (counter == release.version().counter() && !filled.version().equals(release.version())) {
            return out.refuse(
                    "Not written: " + counter + " is the counter of what is there already, and this is something else;"
                            + " give a higher one.",
                    List.of());
        }
        return compared(release, ReleaseFolder.write(filled, counter, folder), Optional.of(folder));
    }

    /** Empty where faults were told. */
    private Optional<Release> read(Release release, CommandWords asked, long counter) {
        return switch (LibraryTable.fill(release, bytes(Path.of(asked.place(1))), counter)) {
            case TableReading.Filled(var filled) -> Optional.of(filled);
            case TableReading.Refused(var faults) -> {
                tell(faults);
                yield Optional.empty();
            }
        };
    }

    /** One byte more than a table may have, so that a longer one is told as such and never read whole. */
    private static byte[] bytes(Path table) {
        if (!Files.isRegularFile(table)) {
            throw new IllegalArgumentException("No file of a table: " + table);
        }
        try (var content = Files.newInputStream(table)) {
            return content.readNBytes(LibraryText.LARGEST_DRAFT + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot be read: " + table, e);
        }
    }

    private void tell(List<TableFault> faults) {
        var lines = new ArrayList<>(faults.stream().map(TableFault::sentence).toList());
        lines.add("BAD: " + faults.size() + (faults.size() == 1 ? " fault" : " faults")
                + "; nothing of such a table is used.");
        out.tell(
                Json.object()
                        .put(
                                "faults",
                                Json.list(faults.stream()
                                        .map(fault -> Json.object()
                                                .put("row", fault.row())
                                                .put("column", fault.column())
                                                .put("problem", fault.problem())
                                                .put("remedy", fault.remedy())
                                                .build())
                                        .toList()))
                        .build(),
                lines);
    }

    private int compared(Release before, Release after, Optional<Path> folder) {
        var diff = LibraryDiff.between(before.library(), after.library());
        var lines = new ArrayList<String>();
        lines.add(folder.map(written -> "WRITTEN: " + DiffText.named(after.version()) + ", into " + written + ".")
                .orElse("DRY RUN: nothing is written; with --into NEW_DIR --counter N it would be."));
        lines.addAll(DiffText.lines(diff));
        out.tell(
                PublishCommand.named(after)
                        .put("folder", folder.map(Path::toString).orElse(""))
                        .put("changes", DiffText.json(diff))
                        .build(),
                lines);
        return diff.flagged() == 0 ? LibraryCommand.GOOD : LibraryCommand.WRONG;
    }
}
