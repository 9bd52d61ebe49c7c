package io.venule.opcua;

import io.venule.order.CertificateOffers;
import io.venule.order.Ending;
import io.venule.order.Fleet;
import io.venule.order.HeldLeases;
import io.venule.order.PumpDoubts;
import io.venule.order.PumpLease;
import io.venule.order.PumpReports;
import io.venule.order.RecordUnavailable;
import io.venule.order.SelfReporting;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.LogWitness;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.signing.RsaPss;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;

/** One supervised session per pump that this server holds a lease of; opened, kept and closed together. */
public final class PumpSessions implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PumpSessions.class.getName());
    private static final long SEED_SECONDS = 10;

    private final PumpConnection.Fleetwide fleet;
    private final Ports ports;
    private final PumpSession.Pace pace;
    private final Map<PumpSerial, PumpSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Told> told = new HashMap<>();
    private volatile Map<PumpSerial, Quarantine> outOfUse = Map.of();
    private boolean closed;

    /**
     * What sessions work for.
     *
     * @param inventory which pumps there are
     * @param leases which of them this server holds
     * @param reports where records go that are kept under a lease
     * @param doubts where it is recorded that a pump gave cause for doubt, and which pumps are out of use
     * @param reporting where it goes what pumps say of themselves
     * @param offers where it goes which certificates pumps present that they were not enrolled with
     * @param live where channel states go
     * @param provisions what the pumps of a ward must have, as of now
     * @param witness shows pumps the audit log
     */
    public record Ports(
            Fleet inventory,
            HeldLeases leases,
            Function<PumpLease, PumpReports> reports,
            PumpDoubts doubts,
            SelfReporting reporting,
            CertificateOffers offers,
            LiveChannels live,
            Function<String, Provisions> provisions,
            LogWitness witness) {}

    /** Reads the certificates and refuses to be made without them; connects to nothing yet. */
    public PumpSessions(OpcUaSettings settings, Ports ports, InstantSource clock, RandomGenerator jitter) {
        installCryptography();
        this.ports = ports;
        this.fleet =
                new PumpConnection.Fleetwide(settings, HubIdentity.of(settings), new SharedTransport(settings), clock);
        ClientSafety.require(fleet);
        this.pace = new PumpSession.Pace(
                new Handshakes(settings.handshakes()), new Semaphore(settings.transfers()), jitter);
    }

    /** RsaPss needs BouncyCastle, and no key may be made before there is randomness. */
    private static void installCryptography() {
        RsaPss.install();
        try {
            NonceUtil.blockUntilSecureRandomSeeded(SEED_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at start", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no randomness", e);
        }
    }

    /**
     * Opens a session to each pump that this server holds and that has none, and closes those of pumps that it does not hold any more, or
     * holds anew, of those that left the inventory or were enrolled anew, and of those that are out of use, whichever server said so.
     */
    public synchronized void refresh() {
        if (closed) {
            return;
        }
        if (fleet.hub().revocations().refresh()) {
            sessions.values().forEach(PumpSession::heedRevocations);
        }
        tellOfNews();
        // Before the record is asked: what was kept by then and does not stand any more was lifted.
        var kept =
                sessions.values().stream().filter(PumpSession::isQuarantineKept).toList();
        var standing = ports.doubts().quarantined();
        outOfUse = standing;
        var inventory =
                ports.inventory().pumps().stream().collect(Collectors.toMap(EnrolledPump::serial, Function.identity()));
        var leases = ports.leases();
        var own = leases.own();
        var over = sessions.values().stream()
                .filter(session -> !session.pump()
                                .equals(inventory.get(session.pump().serial()))
                        || !session.lease().equals(own.get(session.pump().serial()))
                        || standing.containsKey(session.pump().serial())
                        || kept.contains(session))
                .toList();
        over.parallelStream().forEach(PumpSession::close);
        over.forEach(session -> sessions.remove(session.pump().serial()));
        leases.leaving().stream().filter(pump -> !sessions.containsKey(pump)).forEach(leases::left);
        inventory.values().stream()
                .filter(pump -> !sessions.containsKey(pump.serial()) && !standing.containsKey(pump.serial()))
                .forEach(pump -> Optional.ofNullable(own.get(pump.serial())).ifPresent(lease -> open(pump, lease)));
    }

    /** Until when this server is believed by pumps and pumps by it. */
    public Stream<Ending> endings() {
        return fleet.hub().endings();
    }

    /** Sessions sleep until something is due; revoked keys and a new release must not wait so long. */
    private void tellOfNews() {
        var news = sessions.values().stream()
                .map(session -> session.pump().ward())
                .distinct()
                .filter(this::hasNews)
                .collect(Collectors.toSet());
        sessions.values().stream()
                .filter(session -> news.contains(session.pump().ward()))
                .forEach(PumpSession::heedNews);
    }

    private boolean hasNews(String ward) {
        var provisions = ports.provisions().apply(ward);
        var now = new Told(provisions.revocations(), provisions.sha256());
        return !now.equals(told.put(ward, now));
    }

    /** What sessions are told of at once: the list of revoked keys, and the release. */
    private record Told(Optional<String> revocations, String sha256) {}

    /** A pump with which no session can even be begun keeps no other from its own. */
    private void open(EnrolledPump pump, PumpLease lease) {
        try {
            var session = new PumpSession(pump, lease, fleet, ports, pace);
            sessions.put(pump.serial(), session);
            session.start();
        } catch (IllegalArgumentException e) {
            quarantine(new Quarantine(
                    pump.serial(),
                    Quarantine.Cause.INVENTORY,
                    "what the inventory says of it cannot be used: " + e.getMessage(),
                    fleet.clock().instant()));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "no session begun, trying again pumpId=" + pump.serial(), e);
        }
    }

    private void quarantine(Quarantine out) {
        try {
            ports.doubts().quarantined(out);
            LOG.log(System.Logger.Level.ERROR, "quarantined pumpId={0} error={1}", out.pump(), out.why());
        } catch (RecordUnavailable e) {
            LOG.log(System.Logger.Level.ERROR, "not in the audit log: a doubt pumpId=" + out.pump(), e);
        }
    }

    /** Whether the session's lease may be acted under now. */
    boolean mayAct(PumpSession session) {
        return ports.leases().holds(session.lease());
    }

    /** Whether a stop may pass: it needs no lease while the record is silent, for then nobody can have taken the pump. Decision 8. */
    boolean mayStop(PumpSession session) {
        return mayAct(session) || ports.leases().isRecordSilent();
    }

    /** How it stands with each pump. */
    public Map<PumpSerial, SessionState> states() {
        var states = new TreeMap<PumpSerial, SessionState>();
        outOfUse.forEach((serial, out) -> states.put(serial, new SessionState.Quarantined(out.since(), out.why())));
        sessions.forEach((serial, session) -> states.put(serial, session.state()));
        return states;
    }

    /** How it stands with one pump; empty when this server does not hold it. */
    public Optional<SessionState> state(PumpSerial pump) {
        return Optional.ofNullable(sessions.get(pump))
                .map(PumpSession::state)
                .or(() -> Optional.ofNullable(outOfUse.get(pump))
                        .map(out -> new SessionState.Quarantined(out.since(), out.why())));
    }

    Optional<PumpSession> session(PumpSerial pump) {
        return Optional.ofNullable(sessions.get(pump));
    }

    @Override
    public synchronized void close() {
        closed = true;
        sessions.values().parallelStream().forEach(PumpSession::close);
        sessions.clear();
        fleet.transport().close();
    }
}
