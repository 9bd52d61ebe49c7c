package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.audit.AuditEntry;
import io.venule.audit.RamCosignatures;
import io.venule.audit.RamLog;
import io.venule.audit.Witnessing;
import io.venule.order.CertificateOffers;
import io.venule.order.Fleet;
import io.venule.order.HeldLeases;
import io.venule.order.LeasesInMemory;
import io.venule.order.OfferedCertificatesInMemory;
import io.venule.order.PumpDoubts;
import io.venule.order.PumpLease;
import io.venule.order.PumpReports;
import io.venule.order.PumpWitnesses;
import io.venule.order.QuarantinesInMemory;
import io.venule.order.ReplicaLife;
import io.venule.order.SelfReporting;
import io.venule.order.SelfReportsInMemory;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.signing.SigningKey;
import io.venule.simulator.FleetCa;
import io.venule.simulator.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session does about its pump when the list of revoked certificates changes. Threat T-27. */
class RevokedPumpTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final PumpSerial SERIAL = new PumpSerial("LV-00001");
    private static final FleetCa CA = FleetCa.create("Test fleet CA", NOW, new SecureRandom());

    private static final String RECORD_KEY =
            SigningKey.generate(new SecureRandom()).verifyingKey().base64url();

    @TempDir
    private Path folder;

    private final List<AuditEntry> doubts = new ArrayList<>();

    private static Identity issued() {
        return CA.issueApplication("LV-00001", "urn:venule:pump:LV-00001");
    }

    private SessionState afterRevoking(Identity revoked, String enrolledWith) throws IOException {
        var settings = TestSettings.write(folder, CA, CA.issueApplication("venule", "urn:venule:test"));
        try (var transport = new SharedTransport(settings)) {
            var hub = HubIdentity.of(settings);
            var fleet = new PumpConnection.Fleetwide(settings, hub, transport, InstantSource.fixed(NOW));
            var session = new PumpSession(
                    enrolled(enrolledWith),
                    new PumpLease(SERIAL, new ReplicaLife("test", 1), 1),
                    fleet,
                    ports(),
                    new PumpSession.Pace(new Handshakes(1), new Semaphore(1), new SplittableRandom(1)));
            CA.revoke(revoked.certificate());
            Files.writeString(settings.revocationList(), CA.revocationListPem());

            assertThat(hub.revocations().refresh()).isTrue();
            session.heedRevocations();
            return session.state();
        }
    }

    private PumpSessions.Ports ports() {
        var terms = new HeldLeases.Terms(Duration.ofDays(1), Duration.ofSeconds(1), Duration.ofSeconds(2));
        var leases = new HeldLeases(
                new LeasesInMemory(List.of(SERIAL), () -> Duration.ZERO), "test", terms, () -> Duration.ZERO);
        var log = RamLog.empty("venule.test/log");
        return new PumpSessions.Ports(
                new Nothing(List.of()),
                leases,
                lease -> new PumpReports(new RamRecords(), InstantSource.fixed(NOW)),
                new PumpDoubts(doubts::add, new QuarantinesInMemory(doubts::add), InstantSource.fixed(NOW)),
                new SelfReporting(new SelfReportsInMemory(doubts::add), InstantSource.fixed(NOW)),
                new CertificateOffers(new OfferedCertificatesInMemory(doubts::add), InstantSource.fixed(NOW)),
                new LiveChannels(),
                ward -> {
                    throw new AssertionError("no pump was reached");
                },
                new PumpWitnesses(new Witnessing(log, new RamCosignatures(), log.noteKey(), () -> Duration.ZERO)));
    }

    private record Nothing(List<EnrolledPump> pumps) implements Fleet {
        @Override
        public void enrol(EnrolledPump pump, AuditEntry entry) {
            throw new UnsupportedOperationException("not in these tests");
        }
    }

    private static EnrolledPump enrolled(String certificate) {
        return new EnrolledPump(
                SERIAL, "A1", PumpModel.LARGE_VOLUME, 1, "opc.tcp://127.0.0.1:4840", certificate, RECORD_KEY, true);
    }

    @Test
    void a_pump_whose_certificate_is_revoked_is_out_of_use_with_the_reason_on_record() throws IOException {
        var pump = issued();

        var state = afterRevoking(pump, pump.certificatePem());

        assertThat(state)
                .isInstanceOfSatisfying(
                        SessionState.Quarantined.class,
                        out -> assertThat(out.why()).contains("revoked"));
        assertThat(doubts)
                .singleElement()
                .satisfies(entry -> assertThat(entry.said("why")).contains("revoked"));
    }

    @Test
    void a_pump_that_also_has_another_certificate_stays_in_use() throws IOException {
        var old = issued();

        var state = afterRevoking(old, issued().certificatePem() + old.certificatePem());

        assertThat(state).isNotInstanceOf(SessionState.Quarantined.class);
        assertThat(doubts).isEmpty();
    }

    /** BadPumpIT shows that it is out of use then, and no other pump harmed. */
    @Test
    void no_session_is_begun_with_a_pump_whose_certificate_nobody_can_read() {
        assertThatThrownBy(() -> afterRevoking(issued(), "no certificate"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(doubts).isEmpty();
    }
}
