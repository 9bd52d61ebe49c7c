package io.venule;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.release.LibraryReleases;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.LibraryReleases.Since;
import io.venule.release.Release;
import io.venule.signing.Digest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Keeps which release of the drug library became the active one, whole and together with the entry that says so. One that the log names already and that is not
 * kept, as on a server that ran before releases were kept, is kept from the entry's time on.
 */
@Singleton
final class ReleaseRecord {
    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

    private final LibraryReleases releases;
    private final Release release;
    private final ReleaseApproval approval;
    private final AuditLog log;
    private final InstantSource clock;

    ReleaseRecord(
            LibraryReleases releases, Release release, ReleaseApproval approval, AuditLog log, InstantSource clock) {
        this.releases = releases;
        this.release = release;
        this.approval = approval;
        this.log = log;
        this.clock = clock;
    }

    void atStart() {
        releases.activate(new Signed(release, approval.signatures(), approval.signers()), this::since);
    }

    private Since since() {
        var active = newest();
        return active.filter(entry -> entry.library().equals(activated().library()))
                .map(entry -> new Since(entry.at(), List.of()))
                .orElseGet(() -> {
                    var entry = activated()
                            .with("signers", approval.signers())
                            .with(
                                    "before",
                                    active.map(before -> before.library().counter())
                                            .orElse(0L));
                    return new Since(entry.at(), List.of(entry));
                });
    }

    private AuditEntry activated() {
        return AuditEntry.bySystem(AuditKind.LIBRARY_ACTIVATED, clock.instant())
                .under(release.version().counter(), new Digest(release.version().sha256()));
    }

    private Optional<AuditEntry> newest() {
        var about = new AuditLog.About("", "", "", "", "", AuditKind.LIBRARY_ACTIVATED.name());
        return log.find(new AuditLog.Search(about, Instant.EPOCH, EVER, Long.MAX_VALUE, 1)).stream()
                .map(AuditLog.Logged::entry)
                .findFirst();
    }
}
