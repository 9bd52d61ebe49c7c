package io.venule.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document of benchmarks says what the benchmarks wrote, and nothing else. */
class BenchReportTest {
    private static final String FIGURE =
            "{\"name\": \"sign\", \"value\": 12.500, \"unit\": \"1/s\", \"baseline\": 10.000,"
                    + " \"ratio\": 1.250, \"rounds\": 5, \"note\": \"from 1 | 2\"}";

    @TempDir
    private Path folder;

    @Test
    void each_figure_is_a_row_under_the_benchmark_it_is_of() throws IOException {
        Files.writeString(folder.resolve("pumps.json"), "[" + FIGURE + "]");
        Files.writeString(folder.resolve("audit.json"), "[]");
        Files.writeString(folder.resolve("pumps.log"), "not a figure");

        var document = BenchReport.document(folder, "a machine");

        assertThat(document)
                .contains("Machine: a machine\n")
                .contains("| sign | 12.5 | 1/s | 10.0 | 1.25 | 5 | from 1 \\| 2 |\n")
                .doesNotContain("not a figure");
        assertThat(document.indexOf("## ops/bench audit"))
                .isPositive()
                .isLessThan(document.indexOf("## ops/bench pumps"));
    }

    @Test
    void a_figure_without_its_baseline_is_not_written() throws IOException {
        Files.writeString(folder.resolve("pumps.json"), "[{\"name\": \"sign\", \"value\": 1}]");

        assertThatThrownBy(() -> BenchReport.document(folder, "a machine"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit");
    }
}
