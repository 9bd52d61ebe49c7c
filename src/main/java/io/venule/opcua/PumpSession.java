package io.venule.opcua;

import io.venule.opcua.Mailbox.Letter;
import io.venule.opcua.RecordIntake.Distrusted;
import io.venule.order.LeaseLost;
import io.venule.order.PumpLease;
import io.venule.order.RecordUnavailable;
import io.venule.pump.ChannelStatus;
import io.venule.pump.EnrolledPump;
import io.venule.pump.Quarantine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Keeps one session with one pump alive on one virtual thread: opens it, brings keys, library and records up to date, takes what arrives,
 * and begins again after a loss. Everything that concerns the pump happens here, so that one bad pump harms no other.
 */
final class PumpSession implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PumpSession.class.getName());
    private static final String PASSED_ON = "the pump passed to another server";
    private static final int MOST_LETTERS = 400;
    private static final int MAX_DOUBLINGS = 16;

    private final EnrolledPump pump;
    private final PumpLease lease;
    private final PumpConnection.Fleetwide fleet;
    private final PumpSessions.Ports ports;
    private final Dialler dialler;
    private final RandomGenerator jitter;
    private final Mailbox mailbox;
    private final SignedReports signed;
    private final RecordIntake intake;
    private final Outfit outfit;
    private final Thread thread;
    private volatile SessionState state;
    private volatile Optional<Quarantine> quarantine = Optional.empty();
    private volatile boolean quarantineKept;
    private volatile Optional<PumpCalls> calls = Optional.empty();
    private volatile boolean closed;
    private int failures;
    /** Why the last try came to nothing, said once: many pumps are switched off for days, and each is tried again every few seconds. */
    private String logged = "";

    private final UnreadableSessions unreadable = new UnreadableSessions();

    /** Refuses, by an {@link IllegalArgumentException}, a pump of which the inventory holds no usable key, certificate or address. */
    PumpSession(
            EnrolledPump pump, PumpLease lease, PumpConnection.Fleetwide fleet, PumpSessions.Ports ports, Pace pace) {
        this.pump = pump;
        this.lease = lease;
        this.fleet = fleet;
        this.ports = ports;
        this.jitter = pace.jitter();
        this.mailbox = new Mailbox(fleet.settings().mailbox());
        this.signed = new SignedReports(pump);
        this.dialler = new Dialler(pump, fleet, ports.offers(), pace.handshakes());
        this.intake = new RecordIntake(
                pump, signed, ports.reports().apply(lease), fleet.settings().readBatch());
        this.outfit = new Outfit(pump, ports, fleet.settings(), pace.transfers());
        this.state = new SessionState.Opening(now());
        this.thread = Thread.ofVirtual().name("pump-" + pump.serial()).unstarted(this::run);
    }

    /** What keeps many sessions from starting at once. */
    record Pace(Handshakes handshakes, Semaphore transfers, RandomGenerator jitter) {}

    void start() {
        thread.start();
    }

    EnrolledPump pump() {
        return pump;
    }

    /** What it was opened under; another lease of the same pump is another session. */
    PumpLease lease() {
        return lease;
    }

    /** Reads what this pump signs; its key is unpacked once. */
    SignedReports signed() {
        return signed;
    }

    SessionState state() {
        return quarantine
                .<SessionState>map(out -> new SessionState.Quarantined(out.since(), out.why()))
                .orElse(state);
    }

    /** The open connection, for calls from other threads; empty while there is none. */
    Optional<PumpCalls> calls() {
        return calls;
    }

    /** Takes the pump out of use because of what it said, at once here and for all servers as soon as the record takes it. */
    void quarantine(Quarantine.Cause cause, String why) {
        if (!imposed(cause, why)) {
            return;
        }
        LOG.log(System.Logger.Level.ERROR, "quarantined pumpId={0} error={1}", pump.serial(), why);
        mailbox.lost(why);
        keepQuarantine();
    }

    /** The first reason stands. */
    private synchronized boolean imposed(Quarantine.Cause cause, String why) {
        if (quarantine.isPresent()) {
            return false;
        }
        quarantine = Optional.of(new Quarantine(pump.serial(), cause, why, now()));
        return true;
    }

    /** A pump whose quarantine cannot be recorded is out of use all the same, and it is tried again. */
    private void keepQuarantine() {
        if (quarantineKept || quarantine.isEmpty()) {
            return;
        }
        recorded(() -> {
            ports.doubts().quarantined(quarantine.get());
            quarantineKept = true;
        });
    }

    /** Whether the pump is out of use and the record says so: what the record does not say any more was lifted. */
    boolean isQuarantineKept() {
        return quarantineKept;
    }

    /** What cannot be recorded changes nothing about the pump: it stays out of use, or is dialled again. */
    private void recorded(Runnable doubt) {
        try {
            doubt.run();
        } catch (RecordUnavailable e) {
            LOG.log(System.Logger.Level.ERROR, "not in the audit log: a doubt pumpId=" + pump.serial(), e);
        }
    }

    private void run() {
        try {
            while (!closed && quarantine.isEmpty()) {
                if (ports.leases().holds(lease)) {
                    once();
                }
                waitToRetry();
            }
            while (!closed && !quarantineKept) {
                keepQuarantine();
                waitToRetry();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One session from dialling to its end. */
    private void once() throws InterruptedException {
        var why = "closed";
        var began = uptime();
        mailbox.clear();
        state = new SessionState.Opening(now());
        try (var connection = dialler.open(failures, mailbox)) {
            var open = new PumpCalls(connection, this::permit);
            var look = new ChannelLook(pump);
            activate(open, look);
            // Whoever calls through these asks for the lease first, and a stop may need none: decision 8.
            calls = Optional.of(new PumpCalls(connection, () -> {}));
            state = new SessionState.Open(now());
            failures = 0;
            logged = "";
            dialler.reached();
            LOG.log(System.Logger.Level.INFO, "session open pumpId={0}", pump.serial());
            why = attend(open, look);
        } catch (PumpUnreadable e) {
            mailbox.unreadable(e.reason());
            why = e.reason();
        } catch (PumpUnreachable e) {
            why = e.reason();
        } catch (Distrusted e) {
            quarantine(e.kind(), e.reason());
            why = e.reason();
        } catch (LeaseLost | NotNow e) {
            why = PASSED_ON;
        } catch (RuntimeException e) {
            // What arrived could not be made durable: it is not acknowledged, and read again with the next session.
            LOG.log(System.Logger.Level.ERROR, "session given up pumpId=" + pump.serial(), e);
            why = "this server could not keep the pump's records";
        } finally {
            calls = Optional.empty();
            failures++;
            judge(uptime().minus(began), why);
            lose(why);
        }
    }

    private void judge(Duration lasted, String why) {
        var ended = state instanceof SessionState.Open ? UnreadableSessions.End.LOST : UnreadableSessions.End.NOT_BEGUN;
        var end = mailbox.wasUnreadable() ? UnreadableSessions.End.UNREADABLE : ended;
        if (unreadable.areTooMany(end, lasted)) {
            quarantine(
                    Quarantine.Cause.UNREADABLE,
                    "what it says cannot be read, in " + UnreadableSessions.MOST + " sessions one after the other: "
                            + why);
        }
    }

    /** The lease is over, or may be. */
    private static final class NotNow extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Asked before each call: between two of them this process may have been stopped for a minute. T-70. */
    private void permit() {
        if (!ports.leases().holds(lease)) {
            throw new NotNow();
        }
    }

    /** Ends the session of a pump that has a revoked certificate; one that has no other is out of use. */
    void heedRevocations() {
        if (quarantine.isPresent()) {
            return;
        }
        if (dialler.believed().isEmpty()) {
            quarantine(Quarantine.Cause.CERTIFICATE, Dialler.REVOKED);
        } else if (dialler.isOneRevoked()) {
            mailbox.lost("one of its certificates is revoked");
        }
    }

    /** Has the session look now what is new for its pump, and not when it wakes the next time. */
    void heedNews() {
        mailbox.wake();
    }

    private void lose(String why) {
        var wasOpen = state() instanceof SessionState.Open;
        if (quarantine.isEmpty()) {
            state = new SessionState.Unreachable(now(), why);
            LOG.log(
                    why.equals(logged) ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "no session pumpId={0} error={1}",
                    pump.serial(),
                    why);
            logged = why;
        }
        ports.live().lose(pump.serial(), now(), why);
        // After the board knows: the record may make one wait. That another server has the pump is no doubt about the
        // pump.
        if (wasOpen && !closed && ports.leases().holds(lease)) {
            recorded(() -> ports.doubts().lost(pump.serial(), why));
        }
    }

    private void activate(PumpCalls open, ChannelLook look) throws PumpUnreachable, Distrusted {
        outfit.bring(open, uptime());
        open.connection().subscribe(mailbox);
        intake.catchUp(open);
        report(look.read(open, now(), uptime()));
    }

    /** Takes what arrives until the session ends; why it ended. Sleeps until something comes or is due. */
    private String attend(PumpCalls open, ChannelLook look) throws PumpUnreachable, Distrusted, InterruptedException {
        var settings = fleet.settings();
        var pace = new StatusPace(settings.statusEvery(), settings.statusIdleEvery(), uptime());
        var nextHead = uptime().plus(settings.headEvery());
        while (!closed) {
            var letters = mailbox.take(pace.untilDue(uptime(), nextHead), MOST_LETTERS);
            var texts = new ArrayList<String>();
            var end = sorted(letters, texts);
            if (end.isPresent()) {
                return end.get();
            }
            // After the sleep: the lease may have ended in it. T-70.
            if (!ports.leases().holds(lease)) {
                var over = rest();
                if (over.isPresent()) {
                    return over.get();
                }
                continue;
            }
            try {
                take(texts, open);
                look(open, look, pace, !texts.isEmpty());
                outfit.bringWhatIsNew(open);
                if (uptime().compareTo(nextHead) >= 0) {
                    intake.compare(open);
                    outfit.bringAgain(open, uptime());
                    nextHead = uptime().plus(settings.headEvery());
                }
            } catch (NotNow e) {
                // What was left undone is read from the pump's log later, by whoever has it then.
                mailbox.doubt();
            }
        }
        return "closed";
    }

    private void look(PumpCalls open, ChannelLook look, StatusPace pace, boolean heard) throws PumpUnreachable {
        var now = uptime();
        if (heard) {
            pace.heard(now);
        }
        if (pace.isDue(now)) {
            pace.read(now, report(look.read(open, now(), now)));
        }
    }

    private void take(List<String> texts, PumpCalls open) throws PumpUnreachable, Distrusted {
        var whole = texts.isEmpty() || intake.take(texts);
        if (!whole || mailbox.takeDoubt()) {
            intake.catchUp(open);
        }
    }

    /** Why the session ended, if it did; the records that came before that go into the texts. */
    private static Optional<String> sorted(List<Letter> letters, List<String> texts) {
        for (var letter : letters) {
            switch (letter) {
                case Letter.Lost(var why) -> {
                    return Optional.of(why);
                }
                case Letter.Signed(var text) -> texts.add(text);
                case Letter.Look look -> {}
            }
        }
        return Optional.empty();
    }

    /** While the record is silent, nothing is done but to keep the line open for a stop, and what came is read later; why the session is to end, if it is. */
    private Optional<String> rest() throws InterruptedException {
        return ports.leases().isRecordSilent() ? mailbox.rest(fleet.settings().statusEvery()) : Optional.of(PASSED_ON);
    }

    private List<ChannelStatus> report(List<ChannelStatus> shown) {
        shown.forEach(ports.live()::report);
        return shown;
    }

    /** What is due after a while is measured by a clock that nobody sets: set back, the other would stop everything. */
    private static Duration uptime() {
        return Duration.ofNanos(System.nanoTime());
    }

    private void waitToRetry() throws InterruptedException {
        if (closed) {
            return;
        }
        var least = fleet.settings().retryLeast().toMillis();
        var most = fleet.settings().retryMost().toMillis();
        var doubled = Math.min(most, least << Math.clamp(failures - 1, 0, MAX_DOUBLINGS));
        TimeUnit.MILLISECONDS.sleep(doubled / 2 + jitter.nextLong(doubled / 2 + 1));
    }

    private Instant now() {
        return fleet.clock().instant();
    }

    @Override
    public void close() {
        closed = true;
        mailbox.lost("closed");
        thread.interrupt();
        try {
            thread.join(fleet.settings().requestTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
