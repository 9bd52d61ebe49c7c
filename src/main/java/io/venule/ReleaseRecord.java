package io.venule;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.druglibrary.LibraryVersion;
import io.venule.order.AuditTrail;
import io.venule.order.RecordUnavailable;
import io.venule.release.ActiveRelease;
import io.venule.release.ActiveRelease.Look;
import io.venule.release.LibraryReleases;
import io.venule.release.LibraryReleases.Since;
import io.venule.release.ReleaseTerms;
import io.venule.signing.Digest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which release of the drug library became the active one, whole and together with the entry that says so. One that the log names already and that is not
 * kept, as on a server that ran before releases were kept, is kept from the entry's time on.
 */
@Singleton
final class ReleaseRecord {
    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");
    /** Of those for which a release is not believed, the first ones. */
    private static final int REASONS = 16;

    private final LibraryReleases releases;
    private final ActiveRelease active;
    private final ReleaseTerms terms;
    private final AuditLog log;
    private final AuditTrail trail;
    private final InstantSource clock;
    private final AtomicReference<@Nullable LibraryVersion> told = new AtomicReference<>();

    ReleaseRecord(
            LibraryReleases releases,
            ActiveRelease active,
            ReleaseTerms terms,
            AuditLog log,
            AuditTrail trail,
            InstantSource clock) {
        this.releases = releases;
        this.active = active;
        this.terms = terms;
        this.log = log;
        this.trail = trail;
        this.clock = clock;
    }

    /** Before anything is written: a start on less than what was published would be a step back that no pump takes. */
    void whatWasPublished() {
        if (active.refresh() instanceof Look.NotBelieved(var version, var reasons)) {
            throw ReleaseApproval.refused(
                    version,
                    Stream.concat(
                                    reasons.stream(),
                                    Stream.of(
                                            "and it is what was published last: lay that one, or one with a higher counter, signed with keys that"
                                                    + " count, where venule.library.directory says"))
                            .toList());
        }
    }

    void atStart() {
        releases.activate(active.signed(), this::since);
    }

    /** What was published on another server is worked with here within seconds; so it is here, at once. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        try {
            switch (active.refresh()) {
                case Look.Same _ -> {}
                case Look.TakenOver(var version) ->
                    Log.infof(
                            "another release of the drug library is the active one: counter=%d sha256=%s",
                            version.counter(), version.sha256());
                case Look.NotBelieved(var version, var reasons) -> tell(version, reasons);
            }
        } catch (RecordUnavailable e) {
            Log.warnf("not known whether a release was published, trying again: error=%s", e.getMessage());
        }
    }

    /** Once for each; again where it could not be recorded. */
    private void tell(LibraryVersion version, List<String> reasons) {
        if (!version.equals(told.get())) {
            Log.errorf(
                    "published and not believed here, nothing was changed: counter=%d sha256=%s error=%s",
                    version.counter(), version.sha256(), String.join("; ", reasons));
            trail.append(underActive(AuditKind.LIBRARY_NOT_BELIEVED)
                    .with("counter", version.counter())
                    .with("sha256", version.sha256())
                    .with("reasons", reasons.stream().limit(REASONS).toList()));
            told.set(version);
        }
    }

    private Since since() {
        var before = newest();
        var last = before.map(entry -> entry.library().counter()).orElse(0L);
        var entry = terms.activated(active.signed(), last, clock.instant());
        return before.filter(known -> known.library().equals(entry.library()))
                .map(known -> new Since(known.at(), List.of()))
                .orElseGet(() -> new Since(entry.at(), List.of(entry)));
    }

    private AuditEntry underActive(AuditKind kind) {
        return AuditEntry.bySystem(kind, clock.instant())
                .under(active.version().counter(), new Digest(active.version().sha256()));
    }

    private Optional<AuditEntry> newest() {
        var about = new AuditLog.About("", "", "", "", "", AuditKind.LIBRARY_ACTIVATED.name());
        return log.find(new AuditLog.Search(about, Instant.EPOCH, EVER, Long.MAX_VALUE, 1)).stream()
                .map(AuditLog.Logged::entry)
                .findFirst();
    }
}
