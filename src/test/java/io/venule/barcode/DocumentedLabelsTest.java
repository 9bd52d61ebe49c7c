package io.venule.barcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/barcodes.md are what they say they are. */
class DocumentedLabelsTest {
    private static final Pattern EXAMPLE = Pattern.compile("\\| `(\\([0-9]{2,4}\\)[^`]+)` \\|");

    @Test
    void every_example_in_the_document_is_read_as_its_row_says() throws IOException {
        var text = Files.readString(Path.of("docs/barcodes.md"));

        var kinds = EXAMPLE.matcher(text)
                .results()
                .map(found -> Barcodes.read(found.group(1), Instant.parse("2026-11-21T12:00:00Z"))
                        .word())
                .toList();

        assertThat(kinds)
                .containsExactly(
                        "a wristband", "a medication bag", "a pharmacy bag label", "a pump tag", "a staff badge");
    }
}
