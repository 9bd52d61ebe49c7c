package io.venule.release;

import io.venule.signing.Json;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A library's entries as one table for spreadsheets: a row for each entry, by id, a column for each member, every unit in a column of its own. UTF-8 with a
 * byte-order mark, without which spreadsheets take it for something else; every cell in quotes, lines end with CR LF. What is not an entry is not in it: care
 * areas, products, and what a drug says of itself. Source: docs/drug-library.md, "As a table"; RFC 4180.
 */
public final class LibraryTable {
    private LibraryTable() {}

    /** All entries of the release. */
    public static byte[] of(Release release) {
        var rows = ReleaseFolder.parts(release).drugs().stream()
                .flatMap(drug -> entries(drug.json()).stream())
                .sorted(Comparator.comparing(TableColumn.ID::of))
                .map(entry -> line(
                        TableColumn.ALL.stream().map(column -> column.of(entry)).toList()))
                .collect(Collectors.joining());
        var header = line(TableColumn.ALL.stream().map(TableColumn::name).toList());
        return ("\uFEFF" + header + rows).getBytes(StandardCharsets.UTF_8);
    }

    /** The base's care areas, products and drugs with the table's entries and no others, under that counter; or every fault of the table. */
    public static TableReading fill(Release base, byte[] table, long counter) {
        return new TableReader(base).read(TableRows.of(table), counter);
    }

    static List<Json> entries(Json drug) {
        return drug instanceof JsonObject(var members) && members.get("entries") instanceof JsonList(var items)
                ? items
                : List.of();
    }

    private static String line(Collection<String> cells) {
        return cells.stream().map(TableCell::quoted).collect(Collectors.joining(",")) + "\r\n";
    }
}
