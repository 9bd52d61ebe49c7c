package io.venule;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import io.venule.opcua.MiloPumpLink;
import io.venule.opcua.OpcUaSettings;
import io.venule.opcua.Provisions;
import io.venule.opcua.PumpSessions;
import io.venule.order.AuditTrail;
import io.venule.order.Fleet;
import io.venule.order.PumpDoubts;
import io.venule.order.PumpLink;
import io.venule.order.PumpRecords;
import io.venule.order.PumpReports;
import io.venule.pump.LiveChannels;
import io.venule.release.Release;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes the sessions with the pumps and keeps them with the inventory. */
@Singleton
final class PumpWiring {
    private final PumpSessions sessions;

    PumpWiring(PumpSessions sessions) {
        this.sessions = sessions;
    }

    void start(@Observes StartupEvent event) {
        sessions.refresh();
    }

    /** A pump enrolled just now is connected within two seconds. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        sessions.refresh();
    }

    @Produces
    @Singleton
    static PumpSessions sessions(
            OpcUaSettings settings, PumpSessions.Ports ports, InstantSource clock, SecureRandom random) {
        return new PumpSessions(settings, ports, clock, random);
    }

    static void close(@Disposes PumpSessions sessions) {
        sessions.close();
    }

    @Produces
    @Singleton
    static PumpSessions.Ports ports(
            Fleet fleet,
            PumpRecords records,
            AuditTrail trail,
            LiveChannels live,
            Provisions provisions,
            OrderKeyFolder keys,
            InstantSource clock) {
        return new PumpSessions.Ports(
                fleet,
                new PumpReports(records, clock),
                new PumpDoubts(trail, clock),
                live,
                ward -> provisions.with(keys.now().certificates(ward, clock.instant())));
    }

    @Produces
    @Singleton
    static Release release(VenuleSettings settings) {
        return ReleaseApproval.load(settings);
    }

    @Produces
    @Singleton
    static ReleaseApproval approval(Release release, VenuleSettings settings, InstantSource clock) {
        return ReleaseApproval.of(release, settings, clock);
    }

    @Produces
    @Singleton
    static Provisions provisions(Release release, ReleaseApproval approval, VenuleSettings settings) {
        return new Provisions(
                approval.certificates(settings.keys().directory()),
                release.version().counter(),
                release.version().sha256(),
                new Provisions.Bytes(release.canonicalBytes()),
                approval.signatures());
    }

    @Produces
    @Singleton
    @Identifier("local-gateway")
    static PumpLink local(PumpSessions sessions, InstantSource clock) {
        return new MiloPumpLink(sessions, clock);
    }
}
