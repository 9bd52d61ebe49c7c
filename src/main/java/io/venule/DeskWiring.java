package io.venule;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.venule.audit.AuditLog;
import io.venule.order.AuditTrail;
import io.venule.order.ChangeDesk;
import io.venule.order.Changes;
import io.venule.order.Commitments;
import io.venule.order.DraftReplay;
import io.venule.order.EnrolledKeys;
import io.venule.order.Evidence;
import io.venule.order.FirstChecks;
import io.venule.order.Fleet;
import io.venule.order.KeyOutlook;
import io.venule.order.OrderDesk;
import io.venule.order.OrderSigner;
import io.venule.order.Orders;
import io.venule.order.OwedRecord;
import io.venule.order.PastOrders;
import io.venule.order.PumpLink;
import io.venule.order.ReadyChallenges;
import io.venule.order.StopDesk;
import io.venule.order.UnansweredOrders;
import io.venule.order.Ward;
import io.venule.pump.LiveChannels;
import io.venule.release.ActiveRelease;
import io.venule.signing.KeyFiles;
import io.venule.signing.KeyedHash;
import io.venule.web.WebSettings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** Makes the order desk and what it stands on. */
@Singleton
final class DeskWiring {
    /** How long three scans hold: time to read the verdict and decide, not to walk to another bed. */
    private static final Duration PAIRING_LEASE = Duration.ofMinutes(5);
    /** A shift. */
    private static final Duration SIGN_IN_AT_MOST = Duration.ofHours(12);

    private final UnansweredOrders unanswered;
    private final EnrolledKeys keys;
    private final OwedRecord owed;

    DeskWiring(Orders orders, PumpLink link, InstantSource clock, EnrolledKeys keys, OwedRecord owed) {
        this.unanswered = new UnansweredOrders(orders, link, clock, () -> Duration.ofNanos(System.nanoTime()));
        this.keys = keys;
        this.owed = owed;
    }

    /** Keeps at hand what a stop is addressed with; while the record does not answer, what was read last is used. */
    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refreshKeys() {
        keys.refresh();
    }

    void close(@Observes ShutdownEvent event) {
        owed.close();
    }

    /** Asks pumps about orders that were never answered: no answer is not yes. */
    @Scheduled(every = "3s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void settle() {
        unanswered.settle();
    }

    @Produces
    @Singleton
    static LiveChannels liveChannels() {
        return new LiveChannels();
    }

    @Produces
    @Singleton
    static KeyedHash keyedHash(VenuleSettings settings) {
        return new KeyedHash(KeyFiles.secret(settings.keys().directory().resolve("pairing.key")));
    }

    @Produces
    @Singleton
    static OrderSigner signer(
            VenuleSettings settings,
            KeyedHash hash,
            Commitments commitments,
            OrderKeyFolder keys,
            EnrolledKeys enrolled) {
        return new OrderSigner(
                settings.audit().origin(),
                (pump, from, until) -> keys.now().signing(enrolled.wardOf(pump), from, until),
                hash,
                commitments);
    }

    @Produces
    @Singleton
    static Evidence evidence(Ward ward, LiveChannels channels, ActiveRelease active, Evidence.Terms terms) {
        return new Evidence(ward, channels, active::library, terms);
    }

    @Produces
    @Singleton
    static Evidence.Terms terms(InstantSource clock, SecureRandom random, OrderSigner signer, WebSettings web) {
        return new Evidence.Terms(clock, random, PAIRING_LEASE, SIGN_IN_AT_MOST, web.timeZone(), signer);
    }

    @Produces
    @Singleton
    static DraftReplay draftReplay(PastOrders past, Ward ward, AuditLog log, InstantSource clock) {
        return new DraftReplay(past, ward, log, clock);
    }

    @Produces
    @Singleton
    static KeyOutlook keyOutlook(OrderKeyFolder keys, EnrolledKeys enrolled, InstantSource clock) {
        return new KeyOutlook(keys::now, enrolled, clock);
    }

    @Produces
    @Singleton
    static EnrolledKeys enrolledKeys(Fleet fleet) {
        return new EnrolledKeys(fleet);
    }

    @Produces
    @Singleton
    static OwedRecord owedRecord() {
        return new OwedRecord(Duration.ofSeconds(1), e -> Log.error("an entry of a stop was not recorded", e));
    }

    @Produces
    @Singleton
    static StopDesk stopDesk(
            Evidence evidence, OrderSigner signer, PumpLink link, StopDesk.Known known, StopDesk.Written written) {
        return new StopDesk(evidence, signer, link, known, written);
    }

    @Produces
    @Singleton
    static ChangeDesk changeDesk(
            Evidence evidence,
            OrderSigner signer,
            Orders orders,
            Changes changes,
            FirstChecks checks,
            AuditTrail trail,
            PumpLink link) {
        return new ChangeDesk(evidence, signer, new ChangeDesk.Records(orders, changes, checks, trail), link);
    }

    @Produces
    @Singleton
    static StopDesk.Known known(LiveChannels channels, Orders orders, EnrolledKeys keys) {
        return new StopDesk.Known(channels, orders, keys);
    }

    @Produces
    @Singleton
    static StopDesk.Written written(AuditTrail trail, OwedRecord owed) {
        return new StopDesk.Written(trail, owed);
    }

    @Produces
    @Singleton
    static OrderDesk desk(
            Evidence evidence,
            OrderSigner signer,
            Orders orders,
            FirstChecks checks,
            AuditTrail trail,
            OrderDesk.Pumps pumps) {
        return new OrderDesk(evidence, signer, new OrderDesk.Records(orders, checks, trail), pumps);
    }

    /** Threads of their own: nobody waits for a challenge that is asked for ahead. */
    @Produces
    @Singleton
    static OrderDesk.Pumps pumps(PumpLink link, LiveChannels channels) {
        var ready = new ReadyChallenges(
                link::challenge,
                channels,
                () -> Duration.ofNanos(System.nanoTime()),
                ReadyChallenges.Asking.on(
                        work -> Thread.ofVirtual().name("challenge-ahead").start(work)));
        return new OrderDesk.Pumps(link, ready);
    }
}
