package io.venule.web.auditlog;

import io.venule.audit.AuditLog.Logged;
import io.venule.signing.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Entries as a table for spreadsheets: every cell in quotes, lines end with CR LF, and a cell that a spreadsheet would take for a formula gets an
 * apostrophe before it. Source: RFC 4180; CWE-1236; threat T-13.
 */
final class AuditCsv {
    private static final List<String> COLUMNS = List.of(
            "index",
            "at",
            "kind",
            "actor",
            "person",
            "place",
            "order",
            "patient",
            "drug",
            "libraryCounter",
            "librarySha256",
            "details",
            "leafHash");

    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private AuditCsv() {}

    static byte[] of(Collection<Logged> entries) {
        var table = new StringBuilder(line(COLUMNS));
        entries.forEach(logged -> table.append(line(cells(logged))));
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> cells(Logged logged) {
        var entry = logged.entry();
        return List.of(
                Long.toString(logged.index()),
                entry.at().toString(),
                entry.kind().name(),
                entry.actor(),
                entry.person(),
                entry.place(),
                entry.order(),
                entry.said("patient"),
                entry.said("drug"),
                Long.toString(entry.library().counter()),
                entry.library().sha256().hex(),
                new String(CanonicalJson.write(entry.details()), StandardCharsets.UTF_8),
                entry.leafHash().hex());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(AuditCsv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /** In quotes, its own doubled; harmless to whatever opens it. */
    static String cell(String text) {
        return '"' + (isFormula(text) ? "'" + text : text).replace("\"", "\"\"") + '"';
    }

    /** Spreadsheets take these as the beginning of a formula, of full width or not, and after blanks too. */
    private static boolean isFormula(String text) {
        return !text.isEmpty()
                && ("\t\r\n".indexOf(text.charAt(0)) >= 0
                        || FORMULA.indexOf((text.stripLeading() + " ").charAt(0)) >= 0);
    }
}
