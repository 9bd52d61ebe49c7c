package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.pump.ChannelState;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels.Heard;
import io.venule.pump.PumpCertificates;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpSerial;
import io.venule.simulator.FleetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of pumps that are changed or revoked while sessions are open. Threat T-27; pump contract, "Transport". */
class CertificatesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private PumpWard ward;

    @BeforeEach
    void open() {
        ward = new PumpWard(folder, new FleetPlan(3, 0, 1, Optional.empty()));
        await().atMost(PATIENCE).until(ward::areOpen);
    }

    @AfterEach
    void close() {
        ward.close();
    }

    private void lay(String list) throws IOException {
        Files.writeString(folder.resolve("crl.pem"), list);
    }

    private SessionState stateOf(PumpSerial pump) {
        ward.sessions().refresh();
        return ward.sessions().state(pump).orElseThrow();
    }

    @Test
    void a_revoked_pump_is_cut_within_a_minute_with_the_reason_and_no_other_is_disturbed() throws IOException {
        var revoked = ward.pumps().getFirst();
        var others = ward.pumps().subList(1, 3);
        var since = others.stream().map(pump -> stateOf(pump.serial()).since()).toList();
        ward.link().deliver(ward.order());
        ward.press("/channels/1/start", "badge=NURSE-7");

        ward.ca().revoke(PumpCertificates.of(revoked.certificate()).getFirst());
        lay(ward.ca().revocationListPem());

        await().atMost(Duration.ofMinutes(1))
                .until(() -> stateOf(revoked.serial()) instanceof SessionState.Quarantined quarantined
                        && quarantined.why().contains("revoked"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ward.live().of(ward.channel()))
                        .get()
                        .isInstanceOfSatisfying(
                                Heard.Lost.class, lost -> assertThat(lost.why()).contains("revoked")));
        assertThat(ward.doubts)
                .anySatisfy(entry -> assertThat(entry.said("why")).contains("revoked"));
        assertThat(others.stream().map(pump -> stateOf(pump.serial()).since()).toList())
                .isEqualTo(since);
        assertThat(ward.fleet().runs(revoked.serial()))
                .as("nobody disturbs what runs")
                .isTrue();
    }

    @Test
    void a_pump_that_was_revoked_while_the_server_was_down_is_out_of_use_from_the_first_moment() throws IOException {
        ward.serverDown();
        ward.ca()
                .revoke(PumpCertificates.of(ward.pumps().getFirst().certificate())
                        .getFirst());
        lay(ward.ca().revocationListPem());

        ward.serverUp();

        await().atMost(PATIENCE).until(() -> stateOf(ward.pump()) instanceof SessionState.Quarantined);
    }

    @Test
    void what_is_not_the_authority_s_list_changes_nothing() throws IOException {
        var stranger = io.venule.simulator.FleetCa.create(
                "Test fleet CA", java.time.Instant.now(), new java.security.SecureRandom());
        stranger.revoke(
                PumpCertificates.of(ward.pumps().getFirst().certificate()).getFirst());

        for (var list : new String[] {stranger.revocationListPem(), "noise"}) {
            lay(list);
            assertThat(stateOf(ward.pump())).isInstanceOf(SessionState.Open.class);
        }
    }

    @Test
    void a_certificate_is_changed_in_a_live_session_and_the_infusion_goes_on() throws IOException {
        ward.link().deliver(ward.order());
        ward.press("/channels/1/start", "badge=NURSE-7");
        await().atMost(PATIENCE).until(() -> ward.events().stream().anyMatch(PumpEvent.Started.class::isInstance));
        var old = ward.pumps().getFirst();
        var next = ward.ca().issueApplication(old.serial().value(), "urn:venule:simulator:" + old.serial());

        ward.enrol(0, with(old, next.certificatePem() + old.certificate()));
        await().atMost(PATIENCE).until(() -> stateOf(old.serial()) instanceof SessionState.Open);
        ward.fleet().present(old.serial(), next);
        await().atMost(PATIENCE).until(() -> !(stateOf(old.serial()) instanceof SessionState.Open));
        await().atMost(PATIENCE).until(() -> stateOf(old.serial()) instanceof SessionState.Open);
        ward.ca().revoke(PumpCertificates.of(old.certificate()).getFirst());
        lay(ward.ca().revocationListPem());
        ward.sessions().refresh();
        await().atMost(PATIENCE).until(() -> stateOf(old.serial()) instanceof SessionState.Open);
        ward.enrol(0, with(old, next.certificatePem()));
        await().atMost(PATIENCE).until(() -> stateOf(old.serial()) instanceof SessionState.Open);

        assertThat(ward.challenge().state()).isEqualTo(ChannelState.RUNNING);
        assertThat(ward.events()).noneMatch(PumpEvent.Stopped.class::isInstance);
        assertThat(ward.events().stream().filter(PumpEvent.Booted.class::isInstance))
                .hasSize(1);
    }

    private static EnrolledPump with(EnrolledPump pump, String certificate) {
        return new EnrolledPump(
                pump.serial(),
                pump.assetId(),
                pump.model(),
                pump.channels(),
                pump.endpoint(),
                certificate,
                pump.recordKey(),
                pump.simulated(),
                pump.ward());
    }
}
