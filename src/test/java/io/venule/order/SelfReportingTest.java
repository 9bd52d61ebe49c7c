package io.venule.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.DetailSchema;
import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.Nameplate;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which changes of what a pump says of itself are in the log. EXPECTATIONS rows 20 and 34. */
class SelfReportingTest {
    private static final PumpSerial PUMP = new PumpSerial("LV-00001");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final List<AuditEntry> log = new ArrayList<>();
    private final SelfReportsInMemory kept = new SelfReportsInMemory(log::add);
    private final SelfReporting reporting = new SelfReporting(kept, InstantSource.fixed(NOON));

    private static SelfReport says(String serial, String software, long library) {
        return new SelfReport(
                new Nameplate("Maker", "large-volume", serial, software, "A"),
                new PumpLibrary(library, "0a".repeat(32)));
    }

    private List<String> entries() {
        assertThat(log).allSatisfy(entry -> {
            assertThat(DetailSchema.fault(entry)).isEmpty();
            assertThat(entry.kind()).isEqualTo(AuditKind.PUMP_NAMEPLATE);
            assertThat(entry.actor()).isEqualTo(AuditEntry.SYSTEM);
            assertThat(entry.place()).isEqualTo(PUMP.value());
            assertThat(entry.at()).isEqualTo(NOON);
        });
        return log.stream()
                .map(entry -> entry.said("what") + ": " + entry.said("from") + " > " + entry.said("to"))
                .toList();
    }

    @Test
    void what_it_says_first_is_kept_and_changes_nothing() {
        reporting.heard(PUMP, says("LV-00001", "1.0.0", 1));

        assertThat(kept.of(PUMP)).contains(new SelfReports.Kept(says("LV-00001", "1.0.0", 1), NOON));
        assertThat(entries()).isEmpty();
    }

    @Test
    void another_software_revision_is_entered_each_time_that_it_changes() {
        reporting.heard(PUMP, says("LV-00001", "1.0.0", 1));
        reporting.heard(PUMP, says("LV-00001", "1.1.0", 1));
        reporting.heard(PUMP, says("LV-00001", "1.1.0", 1));
        reporting.heard(PUMP, says("LV-00001", "1.0.0", 1));

        assertThat(entries()).containsExactly("software revision: 1.0.0 > 1.1.0", "software revision: 1.1.0 > 1.0.0");
    }

    @Test
    void a_serial_number_that_is_not_the_enrolled_one_is_entered_when_it_is_first_read_and_when_it_is_right_again() {
        reporting.heard(PUMP, says("LV-00002", "1.0.0", 1));
        reporting.heard(PUMP, says("LV-00002", "1.0.0", 1));
        reporting.heard(PUMP, says("LV-00001", "1.0.0", 1));

        assertThat(entries())
                .containsExactly("serial number: LV-00001 > LV-00002", "serial number: LV-00002 > LV-00001");
    }

    @Test
    void both_at_once_are_two_entries() {
        reporting.heard(PUMP, says("LV-00001", "1.0.0", 1));
        reporting.heard(PUMP, says("", "2.0.0", 1));

        assertThat(entries()).containsExactly("software revision: 1.0.0 > 2.0.0", "serial number: LV-00001 > ");
    }

    @Test
    void another_library_is_kept_and_not_entered_because_the_pump_signs_a_record_of_it() {
        reporting.heard(PUMP, says("LV-00001", "1.0.0", 1));
        reporting.heard(PUMP, says("LV-00001", "1.0.0", 2));

        assertThat(kept.of(PUMP).orElseThrow().said().library().counter()).isEqualTo(2);
        assertThat(entries()).isEmpty();
    }
}
