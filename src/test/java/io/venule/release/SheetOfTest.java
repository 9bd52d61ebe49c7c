package io.venule.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** A table as a person changes it in a spreadsheet: rows from 1, columns by name. */
final class SheetOfTest {
    private final List<List<String>> rows;
    private final List<String> names;

    private SheetOfTest(List<List<String>> rows) {
        this.rows = rows;
        this.names = List.copyOf(rows.getFirst());
    }

    static SheetOfTest of(byte[] table) {
        var text = new String(table, UTF_8).substring(1);
        try (var parser = CSVParser.parse(new StringReader(text), CSVFormat.RFC4180)) {
            var rows = new ArrayList<List<String>>();
            parser.forEach(row -> rows.add(new ArrayList<>(row.toList())));
            return new SheetOfTest(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int rows() {
        return rows.size();
    }

    int rowOf(String id) {
        return rows.stream().map(List::getFirst).toList().indexOf(id) + 1;
    }

    SheetOfTest with(int row, String column, String cell) {
        rows.get(row - 1).set(names.indexOf(column), cell);
        return this;
    }

    SheetOfTest without(int row) {
        rows.remove(row - 1);
        return this;
    }

    SheetOfTest emptyRowBefore(int row) {
        rows.add(row - 1, new ArrayList<>(Collections.nCopies(names.size(), "")));
        return this;
    }

    SheetOfTest longer(int row, int cells) {
        var changed = rows.get(row - 1);
        if (cells < 0) {
            changed.removeLast();
        } else {
            changed.add("");
        }
        return this;
    }

    /** The columns from right to left. */
    SheetOfTest turned() {
        rows.forEach(Collections::reverse);
        return this;
    }

    byte[] bytes() {
        return rows.stream()
                .map(row -> row.stream()
                                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                                .collect(Collectors.joining(","))
                        + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }
}
