package io.venule.barcode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The published vectors, read in place; a test is skipped where they are absent. */
final class Vectors {
    private Vectors() {}

    static String text(String name) {
        var file = Path.of(System.getProperty("vectors.dir", "../shared/vectors"), name);
        Assumptions.assumeTrue(Files.isReadable(file), "vectors absent: " + name);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a CSV file below its heading; quoted fields may hold commas, quotes and line breaks. */
    static List<List<String>> rows(String name) {
        var text = text(name);
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        return List.copyOf(rows.subList(1, rows.size()));
    }
}
