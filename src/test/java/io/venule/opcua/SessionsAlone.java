package io.venule.opcua;

import static org.awaitility.Awaitility.await;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
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
import io.venule.order.PumpLink.Delivery;
import io.venule.order.PumpReports;
import io.venule.order.PumpWitnesses;
import io.venule.order.QuarantinesInMemory;
import io.venule.order.SelfReporting;
import io.venule.order.SelfReportsInMemory;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.Receipt;
import io.venule.signing.Digest;
import io.venule.simulator.FleetCa;
import io.venule.simulator.LibraryText;
import io.venule.simulator.WardKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our sessions with pumps that are elsewhere, as the product is set when nobody sets anything, without database: for benchmarks. */
public final class SessionsAlone implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final PumpSessions sessions;
    private final WardKeys keys;
    private final RamRecords records = new RamRecords();

    /** Returns when every session is open. */
    public SessionsAlone(List<EnrolledPump> pumps, WardKeys keys, OpcUaSettings settings) {
        this.keys = keys;
        var library = LibraryText.release(1);
        var provisions = new Provisions(
                keys.certificates(),
                Optional.empty(),
                1,
                Digest.of(library).hex(),
                new Provisions.Bytes(library),
                keys.release(1, library));
        // Nothing to witness: the sessions are measured.
        var log = RamLog.empty("venule.test/log");
        var ports = new PumpSessions.Ports(
                new Inventory(pumps),
                holdingAll(pumps),
                lease -> new PumpReports(records, InstantSource.system()),
                new PumpDoubts(doubt -> {}, new QuarantinesInMemory(doubt -> {}), InstantSource.system()),
                new SelfReporting(new SelfReportsInMemory(entry -> {}), InstantSource.system()),
                new CertificateOffers(new OfferedCertificatesInMemory(entry -> {}), InstantSource.system()),
                new LiveChannels(),
                ward -> provisions,
                new PumpWitnesses(new Witnessing(
                        log, new RamCosignatures(), log.noteKey(), () -> Duration.ofNanos(System.nanoTime()))));
        this.sessions = new PumpSessions(settings, ports, InstantSource.system(), new SecureRandom());
        sessions.refresh();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(this::areOpen);
    }

    public boolean areOpen() {
        return sessions.states().values().stream().allMatch(SessionState.Open.class::isInstance);
    }

    public boolean isOneOpen() {
        return sessions.states().values().stream().anyMatch(SessionState.Open.class::isInstance);
    }

    /** What came of a pump, in the order in which it was kept. */
    public List<PumpRecord> records(PumpSerial pump) {
        return records.of(pump);
    }

    /** What the pump says of its first channel at this moment. */
    public Challenge challenge(EnrolledPump pump) {
        return new GoodOrders(link(), keys)
                .ready(new ChannelId(pump.serial(), 1))
                .challenge();
    }

    /** Brings the pump a good order; false where it does not say that it took it. */
    public boolean order(EnrolledPump pump) {
        return link().deliver(new GoodOrders(link(), keys).order(pump, keys.order(), pump.ward(), 0))
                        instanceof Delivery.Answered(var receipt)
                && receipt.answer() instanceof Receipt.Answer.Accepted;
    }

    private static HeldLeases holdingAll(List<EnrolledPump> pumps) {
        var alone = new HeldLeases(
                new LeasesInMemory(pumps.stream().map(EnrolledPump::serial).toList(), () -> Duration.ZERO),
                "bench",
                new HeldLeases.Terms(Duration.ofDays(1), Duration.ofSeconds(1), Duration.ofSeconds(2)),
                () -> Duration.ofNanos(System.nanoTime()));
        alone.round();
        return alone;
    }

    /** The product's own settings with certificates of this authority. */
    public static OpcUaSettings settings(Path folder, FleetCa ca) {
        TestSettings.write(folder, ca, ca.issueApplication("venule", PumpWard.APPLICATION));
        var values = Map.of(
                "venule.opcua.certificate", folder.resolve("hub.pem").toString(),
                "venule.opcua.private-key", folder.resolve("hub.key").toString(),
                "venule.opcua.user-certificate", folder.resolve("user.pem").toString(),
                "venule.opcua.user-private-key", folder.resolve("user.key").toString(),
                "venule.opcua.fleet-authority", folder.resolve("ca.pem").toString(),
                "venule.opcua.revocation-list", folder.resolve("crl.pem").toString());
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "bench", 100))
                .withMapping(OpcUaSettings.class)
                .build()
                .getConfigMapping(OpcUaSettings.class);
    }

    /** Calls over these sessions. */
    MiloPumpLink link() {
        return new MiloPumpLink(sessions, InstantSource.system());
    }

    private record Inventory(List<EnrolledPump> pumps) implements Fleet {
        @Override
        public void enrol(EnrolledPump pump, AuditEntry entry) {
            throw new UnsupportedOperationException("nobody enrols a pump in a benchmark");
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
