package io.venule.opcua;

import io.venule.audit.AuditEntry;
import io.venule.audit.RamCosignatures;
import io.venule.audit.RamLog;
import io.venule.audit.WitnessKey;
import io.venule.audit.Witnessing;
import io.venule.order.CertificateOffers;
import io.venule.order.Fleet;
import io.venule.order.HeldLeases;
import io.venule.order.LeasesInMemory;
import io.venule.order.OfferedCertificatesInMemory;
import io.venule.order.PumpDoubts;
import io.venule.order.PumpReports;
import io.venule.order.PumpWitnesses;
import io.venule.order.QuarantinesInMemory;
import io.venule.order.ReplicaLife;
import io.venule.order.SelfReporting;
import io.venule.order.SelfReportsInMemory;
import io.venule.order.SignedOrder;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.signing.Digest;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.SigningKey;
import io.venule.signing.VerifyingKey;
import io.venule.simulator.FleetCa;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.FleetPump;
import io.venule.simulator.Identity;
import io.venule.simulator.LibraryText;
import io.venule.simulator.SimulatorFleet;
import io.venule.simulator.WardKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A ward of simulated pumps with the edge under test in front of it, and no database. */
final class PumpWard implements AutoCloseable {
    static final String APPLICATION = "urn:venule:test";
    private static final String SERVER = "ward";

    private final Path folder;
    private final WardKeys keys = WardKeys.create(Instant.now());
    private final FleetCa ca = FleetCa.create("Test fleet CA", Instant.now(), new SecureRandom());
    private final Identity hub = ca.issueApplication("venule", APPLICATION);
    private final SimulatorFleet fleet;
    private final RamRecords records = new RamRecords();
    private final LiveChannels live = new LiveChannels();
    final List<AuditEntry> doubts = new CopyOnWriteArrayList<>();
    final QuarantinesInMemory quarantines = new QuarantinesInMemory(doubts::add);
    final List<AuditEntry> changed = new CopyOnWriteArrayList<>();
    final SelfReportsInMemory selfReports = new SelfReportsInMemory(changed::add);
    final List<AuditEntry> offered = new CopyOnWriteArrayList<>();
    final OfferedCertificatesInMemory offers = new OfferedCertificatesInMemory(offered::add);
    private final List<EnrolledPump> enrolled = new CopyOnWriteArrayList<>();
    private final LeasesInMemory record;
    private final HeldLeases leases;
    /** The certificates that pumps of a ward are given; all of them where nothing is said. */
    final Map<String, List<String>> certificates = new ConcurrentHashMap<>();

    volatile Optional<String> revocations = Optional.empty();
    final RamLog log = RamLog.empty("venule.test/log");
    final RamCosignatures words = new RamCosignatures();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private volatile Duration slept = Duration.ZERO;
    private volatile Duration set = Duration.ZERO;
    private PumpSessions sessions;

    PumpWard(Path folder, FleetPlan plan) {
        this(folder, plan, pump -> pump);
    }

    /** @param writtenDown what the inventory says of each pump */
    PumpWard(Path folder, FleetPlan plan, UnaryOperator<EnrolledPump> writtenDown) {
        this.folder = folder;
        log.grow(5, "entry ");
        this.fleet = SimulatorFleet.start(plan, ca, keys.root().verifyingKey());
        fleet.pumps().stream().map(FleetPump::enrolment).map(writtenDown).forEach(enrolled::add);
        this.record =
                new LeasesInMemory(enrolled.stream().map(EnrolledPump::serial).toList(), () -> Duration.ZERO);
        this.leases = leases();
        this.sessions = newSessions(TestSettings.write(folder, ca, hub));
        sessions.refresh();
    }

    /** The pump, found at this address and with this record key. */
    static EnrolledPump as(EnrolledPump pump, String endpoint, String recordKey) {
        return new EnrolledPump(
                pump.serial(),
                pump.assetId(),
                pump.model(),
                pump.channels(),
                endpoint,
                pump.certificate(),
                recordKey,
                pump.simulated(),
                pump.ward());
    }

    /** Sets this server's own clock on, as a process finds it that was stopped for so long. */
    void sleepFor(Duration time) {
        slept = time;
    }

    /** Sets the server's wall clock on, or back. */
    void setClock(Duration by) {
        set = by;
    }

    /** Another server took this one for dead; it learns so in its next round. */
    void leaseRound() {
        leases.round();
        sessions.refresh();
    }

    /** Another server had every pump for a moment, and this one has them again: by leases with higher numbers. */
    void passOnAndBack() {
        record.end(new ReplicaLife(SERVER, 1));
        leases.round();
        leaseRound();
    }

    PumpSessions newSessions(OpcUaSettings settings) {
        var ports = new PumpSessions.Ports(
                new Inventory(enrolled),
                leases,
                lease -> new PumpReports(records, InstantSource.system()),
                new PumpDoubts(doubts::add, quarantines, InstantSource.system()),
                new SelfReporting(selfReports, InstantSource.system()),
                new CertificateOffers(offers, InstantSource.system()),
                live,
                this::provisions,
                new PumpWitnesses(
                        new Witnessing(log, words, log.noteKey(), () -> Duration.ofNanos(System.nanoTime()))));
        return new PumpSessions(settings, ports, () -> Instant.now().plus(set), new SecureRandom());
    }

    /** One server, which holds every pump for the day. */
    private HeldLeases leases() {
        var terms = new HeldLeases.Terms(Duration.ofDays(1), Duration.ofSeconds(1), Duration.ofSeconds(2));
        var alone = new HeldLeases(
                record, SERVER, terms, () -> Duration.ofNanos(System.nanoTime()).plus(slept));
        alone.round();
        return alone;
    }

    /** Lets something happen once, in the middle of a session's work. */
    void meanwhile(Runnable once) {
        meanwhile.set(once);
    }

    private Provisions provisions(String ward) {
        meanwhile.getAndSet(() -> {}).run();
        var library = LibraryText.release(1);
        var held = new ArrayList<>(certificates.getOrDefault(ward, keys.certificates()));
        held.add(keys.certificate(log.key(), KeyRole.CHECKPOINT, KeyCertificate.EVERY_SCOPE));
        return new Provisions(
                held,
                revocations,
                1,
                Digest.of(library).hex(),
                new Provisions.Bytes(library),
                keys.release(1, library));
    }

    private record Inventory(List<EnrolledPump> pumps) implements Fleet {
        @Override
        public void enrol(EnrolledPump pump, AuditEntry entry) {
            throw new UnsupportedOperationException("not in these tests");
        }
    }

    /** The ward's pump, as the witness that it is. */
    WitnessKey witness() {
        var pump = enrolled.getFirst();
        return WitnessKey.ofPump(
                pump.serial().value(), VerifyingKey.parse(pump.recordKey()).orElseThrow());
    }

    Path folder() {
        return folder;
    }

    WardKeys keys() {
        return keys;
    }

    List<EnrolledPump> pumps() {
        return List.copyOf(enrolled);
    }

    /** Enrols the pump at this place anew. */
    void enrol(int place, EnrolledPump pump) {
        enrolled.set(place, pump);
    }

    FleetCa ca() {
        return ca;
    }

    Identity hub() {
        return hub;
    }

    SimulatorFleet fleet() {
        return fleet;
    }

    LiveChannels live() {
        return live;
    }

    PumpSessions sessions() {
        return sessions;
    }

    MiloPumpLink link() {
        return new MiloPumpLink(sessions, InstantSource.system());
    }

    ChannelId channel() {
        return new ChannelId(enrolled.getFirst().serial(), 1);
    }

    PumpSerial pump() {
        return channel().pump();
    }

    List<PumpRecord> records() {
        return records.of(pump());
    }

    List<PumpEvent> events() {
        return records().stream().map(PumpRecord::event).toList();
    }

    boolean areOpen() {
        return sessions.states().values().stream().allMatch(SessionState.Open.class::isInstance);
    }

    boolean isOpen() {
        return sessions.state(pump())
                .filter(SessionState.Open.class::isInstance)
                .isPresent();
    }

    /** The server is down: no session, nobody listening. */
    void serverDown() {
        sessions.close();
    }

    void serverUp() {
        serverUp(new TestSettings(folder));
    }

    /** The same with these settings. */
    void serverUp(OpcUaSettings settings) {
        sessions = newSessions(settings);
        sessions.refresh();
    }

    Challenge challenge() {
        return new GoodOrders(link(), keys).ready(channel()).challenge();
    }

    /** A good order for what the pump says it is doing. */
    SignedOrder order() {
        return order(enrolled.getFirst(), keys.order(), EnrolledPump.NO_WARD);
    }

    /** One that a key of this ward signed, whatever the pump's is. */
    SignedOrder order(EnrolledPump pump, SigningKey key, String ward) {
        return order(pump, key, ward, 0);
    }

    /** One that was made under a lease whose number is so much higher than the session's. */
    SignedOrder order(long later) {
        return order(enrolled.getFirst(), keys.order(), EnrolledPump.NO_WARD, later);
    }

    private SignedOrder order(EnrolledPump pump, SigningKey key, String ward, long later) {
        return new GoodOrders(link(), keys).order(pump, key, ward, later);
    }

    /** Presses a key on the first pump's front panel. */
    int press(String path, String form) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(panel(path))
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI panel(String path) {
        return fleet.pump(pump()).panel().resolve(path);
    }

    @Override
    public void close() {
        sessions.close();
        fleet.close();
    }
}
