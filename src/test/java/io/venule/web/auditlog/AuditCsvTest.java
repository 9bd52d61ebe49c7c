package io.venule.web.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog.Logged;
import io.venule.staff.SubjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table that an auditor opens in a spreadsheet. Threat T-13. */
class AuditCsvTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00.123Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://x\")",
                "+cmd|' /C calc'!A0",
                "-2+3",
                "@SUM(A1)",
                "\tx",
                "\rx",
                "\nx",
                "  =1+1",
                "\uFF1D1",
                "\uFF0B1",
                "\uFF0D1",
                "\uFF20x"
            })
    void what_a_spreadsheet_would_compute_is_text(String text) {
        assertThat(parsed(AuditCsv.cell(text))).containsExactly(List.of("'" + text));
    }

    @ParameterizedTest
    @CsvSource({"a=b", "1-2", "x@y.org", "'', ", "' '", "<5", "'#1'", "','"})
    void other_text_stays_as_it_is(String text) {
        var given = text == null ? "" : text;

        assertThat(parsed(AuditCsv.cell(given))).containsExactly(List.of(given));
    }

    @Test
    void any_text_comes_back_out_of_its_cell() {
        var random = new Random(20261121);
        for (int sample = 0; sample < 500; sample++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append("\",\r\n\t=+-@; aä'".charAt(random.nextInt(14)));
            }

            var back = parsed(AuditCsv.cell(text.toString()));

            assertThat(back).as("seed 20261121, sample " + sample).hasSize(1);
            assertThat(back.getFirst()).hasSize(1);
            assertThat(back.getFirst().getFirst()).isIn(text.toString(), "'" + text);
        }
    }

    @Test
    void every_line_has_a_cell_for_each_column_and_ends_with_cr_lf() {
        var entry = AuditEntry.of(AuditKind.ORDER_APPROVED, AT, new SubjectId("=subject"))
                .atPlace("LV-00001/1")
                .with("drug", "NORepinephrine, 16 mg")
                .with("nurse", "=Nina \"N\" Nurse");

        var table = new String(AuditCsv.of(List.of(new Logged(7, entry))), StandardCharsets.UTF_8);

        var lines = parsed(table);
        assertThat(table).endsWith("\r\n");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).hasSameSizeAs(lines.get(0));
        assertThat(lines.get(1).subList(0, 6))
                .containsExactly("7", AT.toString(), "ORDER_APPROVED", "'=subject", "'=Nina \"N\" Nurse", "LV-00001/1");
        assertThat(lines.get(1).getLast()).isEqualTo(entry.leafHash().hex());
    }

    /** A reader by the letter of RFC 4180, section 2. */
    private static List<List<String>> parsed(String table) {
        var lines = new ArrayList<List<String>>();
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        var inQuotes = false;
        for (int i = 0; i < table.length(); i++) {
            var letter = table.charAt(i);
            if (letter == '"' && inQuotes && i + 1 < table.length() && table.charAt(i + 1) == '"') {
                cell.append(letter);
                i++;
            } else if (letter == '"') {
                inQuotes = !inQuotes;
            } else if (letter == ',' && !inQuotes) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (letter == '\r' && !inQuotes) {
                assertThat(table.charAt(++i)).isEqualTo('\n');
                cells.add(cell.toString());
                cell.setLength(0);
                lines.add(List.copyOf(cells));
                cells.clear();
            } else {
                assertThat(inQuotes).as("text outside of quotes").isTrue();
                cell.append(letter);
            }
        }
        if (table.endsWith("\r\n")) {
            return lines;
        }
        cells.add(cell.toString());
        lines.add(List.copyOf(cells));
        return lines;
    }
}
