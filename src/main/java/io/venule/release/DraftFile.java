package io.venule.release;

import java.nio.charset.StandardCharsets;

/**
 * A draft as a pharmacist sends it, in one file: the exact bytes of a release, or the active release's entries as a table, which is then read over the active
 * release under the next counter. What begins with a brace is a release. Source: docs/drug-library.md, "What a draft would have done".
 */
public final class DraftFile {
    private DraftFile() {}

    /** The whole draft, or every fault of it; one in a table names its row and column. */
    public static LibraryReading read(Release active, byte[] sent) {
        return isRelease(sent) ? LibraryText.readRelease(sent) : table(active, sent);
    }

    private static boolean isRelease(byte[] sent) {
        return new String(sent, 0, Math.min(sent.length, 64), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .startsWith("{");
    }

    private static LibraryReading table(Release active, byte[] sent) {
        return switch (LibraryTable.fill(active, sent, active.version().counter() + 1)) {
            case TableReading.Filled(var release) -> new LibraryReading.Loaded(release);
            case TableReading.Refused(var faults) ->
                new LibraryReading.Refused(faults.stream().map(DraftFile::told).toList());
        };
    }

    private static LibraryFault told(TableFault fault) {
        return new LibraryFault("table", "row " + fault.row(), fault.column(), fault.problem(), fault.remedy());
    }
}
