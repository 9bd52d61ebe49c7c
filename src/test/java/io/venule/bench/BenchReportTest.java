package io.venule.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document of benchmarks says what the benchmarks wrote, and nothing else. */
class BenchReportTest {
    private static final String FIGURE =
            "{\"name\": \"sign\", \"value\": 12.500, \"unit\": \"1/s\", \"baseline\": 10.000,"
                    + " \"ratio\": 1.250, \"rounds\": 5, \"note\": \"from 1 | 2\"}";

    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    @TempDir
    private Path folder;

    @Test
    void each_figure_is_a_row_under_the_benchmark_it_is_of() throws IOException {
        measured("pumps", TODAY, "[" + FIGURE + "]");
        measured("audit", TODAY, "[]");
        Files.writeString(folder.resolve("pumps.log"), "not a figure");

        var document = BenchReport.document(folder, "a machine", "");

        assertThat(document)
                .contains("Machine: a machine\n")
                .contains("| sign | 12.5 | 1/s | 10.0 | 1.25 | 5 | from 1 \\| 2 | 2026-11-23 |\n")
                .doesNotContain("not a figure");
        assertThat(document.indexOf("## ops/bench audit"))
                .isPositive()
                .isLessThan(document.indexOf("## ops/bench pumps"));
    }

    @Test
    void what_was_not_measured_again_keeps_its_row_and_its_day() throws IOException {
        measured("pumps", TODAY.minusDays(9), "[" + FIGURE + "," + FIGURE.replace("sign", "verify") + "]");
        var before = BenchReport.document(folder, "a machine", "");
        measured("pumps", TODAY, "[" + FIGURE.replace("12.500", "13.250") + "]");
        measured("audit", TODAY, "[" + FIGURE + "]");

        var document = BenchReport.document(folder, "a machine", before);

        assertThat(document)
                .contains("| sign | 13.25 | 1/s | 10.0 | 1.25 | 5 | from 1 \\| 2 | 2026-11-23 |\n")
                .contains("| verify | 12.5 | 1/s | 10.0 | 1.25 | 5 | from 1 \\| 2 | 2026-11-14 |\n")
                .containsOnlyOnce("Machine: ");
        assertThat(document.split("## ops/bench pumps", -1)).hasSize(2);
        assertThat(document.indexOf("## ops/bench audit")).isLessThan(document.indexOf("## ops/bench pumps"));
    }

    @Test
    void figures_of_another_machine_do_not_stand_beside_those_of_this_one() throws IOException {
        measured("pumps", TODAY, "[" + FIGURE + "]");
        var before = BenchReport.document(folder, "another machine", "");
        measured("pumps", TODAY, "[" + FIGURE.replace("sign", "verify") + "]");

        assertThat(BenchReport.document(folder, "a machine", before))
                .contains("| verify |")
                .doesNotContain("| sign |");
    }

    @Test
    void a_figure_without_its_baseline_is_not_written() throws IOException {
        measured("pumps", TODAY, "[{\"name\": \"sign\", \"value\": 1}]");

        assertThatThrownBy(() -> BenchReport.document(folder, "a machine", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit");
    }

    private void measured(String benchmark, LocalDate day, String figures) throws IOException {
        var file = Files.writeString(folder.resolve(benchmark + ".json"), figures);
        Files.setLastModifiedTime(file, FileTime.from(day.atTime(12, 0).toInstant(ZoneOffset.UTC)));
    }
}
