package io.venule;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import io.venule.audit.AuditLog;
import io.venule.audit.Cosignatures;
import io.venule.audit.Witnessing;
import io.venule.messaging.MessagingSettings;
import io.venule.opcua.MiloPumpLink;
import io.venule.opcua.OpcUaSettings;
import io.venule.opcua.PumpSessions;
import io.venule.order.AuditTrail;
import io.venule.order.CertificateOffers;
import io.venule.order.Endings;
import io.venule.order.Fleet;
import io.venule.order.HeldLeases;
import io.venule.order.LeasedRecords;
import io.venule.order.OfferedCertificates;
import io.venule.order.PumpDoubts;
import io.venule.order.PumpLeases;
import io.venule.order.PumpLink;
import io.venule.order.PumpReports;
import io.venule.order.PumpWitnesses;
import io.venule.order.Quarantines;
import io.venule.order.RecordUnavailable;
import io.venule.order.SelfReporting;
import io.venule.order.SelfReports;
import io.venule.pump.LiveChannels;
import io.venule.pump.LogWitness;
import io.venule.release.ActiveRelease;
import io.venule.release.LibraryReleases;
import io.venule.release.ReleaseTerms;
import io.venule.signing.NoteKey;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes the sessions with the pumps and keeps them with the inventory and with what this server holds of it. */
@Singleton
final class PumpWiring {
    /** A round with the record that takes longer counts as silence. */
    private static final Duration PENDING = Duration.ofSeconds(2);

    private final PumpSessions sessions;
    private final HeldLeases leases;
    private final Duration every;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pump-leases").factory());

    PumpWiring(PumpSessions sessions, HeldLeases leases, OpcUaSettings settings) {
        this.sessions = sessions;
        this.leases = leases;
        this.every = settings.leaseEvery();
    }

    void start(@Observes StartupEvent event) {
        leases.round();
        sessions.refresh();
        var _ = rounds.scheduleAtFixedRate(this::round, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** On a thread of its own: nothing that a pump does may keep this server from saying that it lives. */
    private void round() {
        try {
            var before = leases.own();
            leases.round();
            if (!before.equals(leases.own())) {
                Thread.ofVirtual().name("pump-sessions").start(this::refresh);
            }
        } catch (RecordUnavailable e) {
            Log.warnf("leases of pumps not prolonged, trying again: error=%s", e.getMessage());
        } catch (RuntimeException e) {
            Log.error("leases of pumps not prolonged, trying again", e);
        }
    }

    /** A pump enrolled or taken over just now is dialled within a second or two. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        sessions.refresh();
    }

    /** Sessions first, so that whoever takes a pump over finds nobody there. */
    void stop(@Observes ShutdownEvent event) {
        rounds.shutdownNow();
        sessions.close();
        try {
            leases.close();
        } catch (RecordUnavailable e) {
            Log.warnf("leases of pumps not given back, they run out: error=%s", e.getMessage());
        }
    }

    @Produces
    @Singleton
    static HeldLeases leases(
            PumpLeases record, MessagingSettings messaging, OpcUaSettings settings, SecureRandom random) {
        var terms = new HeldLeases.Terms(settings.leaseTime(), settings.leaseMargin(), PENDING);
        var name = messaging.gateway() + "-" + HexFormat.of().toHexDigits(random.nextLong());
        return new HeldLeases(record, name, terms, () -> Duration.ofNanos(System.nanoTime()));
    }

    @Produces
    @Singleton
    static PumpSessions sessions(
            OpcUaSettings settings, PumpSessions.Ports ports, InstantSource clock, SecureRandom random) {
        return new PumpSessions(settings, ports, clock, random);
    }

    @Produces
    @Singleton
    static PumpSessions.Ports ports(
            Fleet fleet,
            HeldLeases leases,
            LeasedRecords records,
            AuditTrail trail,
            Quarantines quarantines,
            SelfReports selfReports,
            OfferedCertificates offered,
            LiveChannels live,
            OutfitOfPumps outfit,
            LogWitness witness,
            InstantSource clock) {
        return new PumpSessions.Ports(
                fleet,
                leases,
                lease -> new PumpReports(records.under(lease), clock),
                new PumpDoubts(trail, quarantines, clock),
                new SelfReporting(selfReports, clock),
                new CertificateOffers(offered, clock),
                live,
                outfit,
                witness);
    }

    @Produces
    @Singleton
    static Witnessing witnessing(AuditLog log, Cosignatures kept, NoteKey key) {
        return new Witnessing(log, kept, key, () -> Duration.ofNanos(System.nanoTime()));
    }

    @Produces
    @Singleton
    static LogWitness witness(Witnessing witnessing) {
        return new PumpWitnesses(witnessing);
    }

    @Produces
    @Singleton
    static ReleaseTerms terms(VenuleSettings settings, OrderKeyFolder keys, InstantSource clock) {
        return ReleaseApproval.terms(settings, keys::revoked, clock);
    }

    @Produces
    @Singleton
    static ActiveRelease release(VenuleSettings settings, LibraryReleases record, ReleaseTerms terms) {
        var start = ReleaseApproval.of(ReleaseApproval.load(settings), settings, terms);
        return new ActiveRelease(start, record, terms);
    }

    @Produces
    @Singleton
    static LongKeys longKeys(VenuleSettings settings) {
        return LongKeys.in(settings.keys().directory());
    }

    @Produces
    @Singleton
    static Endings endings(LongKeys keys, PumpSessions sessions, InstantSource clock) {
        return new Endings(() -> Stream.concat(keys.endings().stream(), sessions.endings()), clock);
    }

    @Produces
    @Singleton
    static OutfitOfPumps outfit(ActiveRelease active, OrderKeyFolder orders, LongKeys keys, InstantSource clock) {
        return new OutfitOfPumps(active, orders, keys, clock);
    }

    @Produces
    @Singleton
    @Identifier("local-gateway")
    static PumpLink local(PumpSessions sessions, InstantSource clock) {
        return new MiloPumpLink(sessions, clock);
    }
}
