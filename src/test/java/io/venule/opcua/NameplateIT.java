package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.Nameplate;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import io.venule.signing.Digest;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.LibraryText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pumps say of themselves comes over their own session and is kept; what means nothing ends that session and no other. EXPECTATIONS row 34; threat T-29. */
class NameplateIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PumpSerial OTHER = new PumpSerial("LV-00002");
    private static final PumpLibrary LIBRARY =
            new PumpLibrary(1, Digest.of(LibraryText.release(1)).hex());

    @TempDir
    private Path folder;

    private PumpWard ward;

    @BeforeEach
    void openWard() {
        ward = new PumpWard(folder, new FleetPlan(2, 0, 1, Optional.empty()));
        await().atMost(PATIENCE).until(ward::areOpen);
    }

    @AfterEach
    void closeWard() {
        ward.close();
    }

    /** The library is read again after it was brought: at first the pump held none. */
    @Test
    void nameplate_and_library_are_kept_when_a_session_opened() {
        assertThat(said()).contains(report("LV-00001", "1.0.0"));
        assertThat(ward.changed).isEmpty();
    }

    @Test
    void other_software_is_kept_and_entered_when_the_next_session_opens() {
        ward.serverDown();
        ward.fleet().say(ward.pump(), "SoftwareRevision", "1.0.1-ä");

        ward.serverUp();

        await().atMost(PATIENCE).until(() -> said().equals(Optional.of(report("LV-00001", "1.0.1-ä"))));
        assertThat(ward.changed).singleElement().satisfies(entry -> {
            assertThat(entry.place()).isEqualTo("LV-00001");
            assertThat(entry.said("what")).isEqualTo("software revision");
            assertThat(entry.said("from")).isEqualTo("1.0.0");
            assertThat(entry.said("to")).isEqualTo("1.0.1-ä");
        });
    }

    @Test
    void another_serial_number_is_entered_and_puts_no_pump_out_of_use() {
        ward.serverDown();
        ward.fleet().say(ward.pump(), "SerialNumber", "LV-09999");

        ward.serverUp();

        await().atMost(PATIENCE).until(ward::isOpen);
        assertThat(ward.selfReports.amiss(LIBRARY.sha256())).containsOnlyKeys(ward.pump());
        assertThat(ward.changed).singleElement().satisfies(entry -> {
            assertThat(entry.said("what")).isEqualTo("serial number");
            assertThat(entry.said("from")).isEqualTo("LV-00001");
            assertThat(entry.said("to")).isEqualTo("LV-09999");
        });
        assertThat(ward.quarantines.standing()).isEmpty();
    }

    static Stream<Map.Entry<String, Object>> nonsense() {
        return Stream.of(
                Map.entry("SerialNumber", 7),
                Map.entry("SerialNumber", new LocalizedText("LV-00001")),
                Map.entry("Manufacturer", "a plain text"),
                Map.entry("Manufacturer", new LocalizedText("x".repeat(101))),
                Map.entry("Model", new LocalizedText("turned \u202e round")),
                Map.entry("SoftwareRevision", "two\nlines"),
                Map.entry("HardwareRevision", "x".repeat(1 << 16)),
                Map.entry("LibrarySha256", "<script>"),
                Map.entry("LibraryCounter", -1L));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void what_means_nothing_ends_the_session_and_is_not_kept(Map.Entry<String, Object> nonsense) {
        ward.serverDown();
        ward.fleet().say(ward.pump(), nonsense.getKey(), nonsense.getValue());

        ward.serverUp();

        await().atMost(PATIENCE)
                .until(() -> ward.sessions().state(ward.pump()).orElseThrow()
                                instanceof SessionState.Unreachable(var since, var why)
                        && (why.startsWith("what it says of itself means nothing")
                                || why.startsWith("an answer that")));
        await().atMost(PATIENCE).until(() -> ward.sessions().state(OTHER).orElseThrow() instanceof SessionState.Open);
        assertThat(said()).contains(report("LV-00001", "1.0.0"));
        assertThat(ward.changed).isEmpty();
    }

    @Test
    void a_record_that_is_silent_keeps_no_pump_from_its_session_and_is_told_when_it_answers() {
        ward.serverDown();
        ward.fleet().say(ward.pump(), "SoftwareRevision", "2.0.0");
        ward.selfReports.silent(true);
        ward.serverUp();
        await().atMost(PATIENCE).until(ward::areOpen);
        assertThat(said()).contains(report("LV-00001", "1.0.0"));

        ward.selfReports.silent(false);

        await().atMost(PATIENCE).until(() -> said().equals(Optional.of(report("LV-00001", "2.0.0"))));
        assertThat(ward.changed).hasSize(1);
    }

    private Optional<SelfReport> said() {
        return ward.selfReports.of(ward.pump()).map(kept -> kept.said());
    }

    private static SelfReport report(String serial, String software) {
        return new SelfReport(new Nameplate("Venule simulator", "large-volume", serial, software, "none"), LIBRARY);
    }
}
