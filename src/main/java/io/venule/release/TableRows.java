package io.venule.release;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** A table's rows as a spreadsheet counts them, those without any text left out, and what kept others from being read. Source: RFC 4180. */
record TableRows(List<Row> rows, List<TableFault> faults) {
    /** Many times the entries of a large hospital. */
    static final int MOST_ROWS = 10_000;

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

    /** The cells of one row; the header is row 1. */
    record Row(int number, List<String> cells) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    TableRows {
        rows = List.copyOf(rows);
        faults = List.copyOf(faults);
    }

    static TableRows of(byte[] table) {
        if (table.length > LibraryText.LARGEST_DRAFT) {
            return refused(
                    "the file has more than " + LibraryText.LARGEST_DRAFT + " bytes", "Take out what is no entry");
        }
        return decoded(table)
                .map(text -> parsed(text.startsWith("\uFEFF") ? text.substring(1) : text))
                .orElseGet(() -> refused("the file is not UTF-8", "Save it as \"CSV UTF-8 (comma delimited)\""));
    }

    private static TableRows refused(String problem, String remedy) {
        return new TableRows(List.of(), List.of(new TableFault(1, "", problem, remedy)));
    }

    private static Optional<String> decoded(byte[] table) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(table))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static TableRows parsed(String text) {
        var rows = new ArrayList<Row>();
        var read = 0;
        try (var parser = CSVParser.parse(new StringReader(text), FORMAT)) {
            for (var found : parser) {
                read++;
                if (read > MOST_ROWS) {
                    return new TableRows(
                            rows,
                            List.of(new TableFault(
                                    read,
                                    "",
                                    "there are more than " + MOST_ROWS + " rows",
                                    "Take out what is no entry")));
                }
                var cells = found.toList();
                if (!cells.stream().allMatch(String::isBlank)) {
                    rows.add(new Row(read, cells));
                }
            }
            return new TableRows(rows, List.of());
        } catch (IOException | UncheckedIOException _) {
            var problem =
                    "a quotation mark is not closed, or something else than a comma follows one that is; no row from here"
                            + " on was read";
            return new TableRows(
                    rows,
                    List.of(
                            new TableFault(
                                    read + 1,
                                    "",
                                    problem,
                                    "Separate cells by commas, put the whole of a cell into quotation marks, and write each within it twice")));
        }
    }
}
