package io.venule.web.auditlog;

import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.audit.AuditLog.Logged;
import io.venule.audit.AuditLog.Search;
import io.venule.audit.HashSource;
import io.venule.audit.ProofBundle;
import io.venule.order.AuditTrail;
import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Staff;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a search finds, as a file. That it left the system, in which form and with which bytes, is in the log before it leaves; what was typed to find
 * it is not, because it may be a patient's name.
 */
@Singleton
class LogDownloads {
    /** Entries in one file at most: more than anybody reads, less than fills the memory. */
    static final int MOST = 10_000;

    /** The same where each entry has its own proof. */
    static final int MOST_PROVEN = 1_000;

    private static final int PIECE = 1_000;

    private final LogSearch search;
    private final LogReading reading;
    private final NoteKey key;
    private final AuditLog log;
    private final AuditTrail trail;
    private final Staff staff;
    private final Problems problems;
    private final InstantSource clock;
    private final String hospital;

    LogDownloads(
            LogSearch search,
            LogReading reading,
            NoteKey key,
            AuditLog log,
            AuditTrail trail,
            Staff staff,
            Problems problems,
            InstantSource clock,
            @ConfigProperty(name = "venule.hospital") String hospital) {
        this.search = search;
        this.reading = reading;
        this.key = key;
        this.log = log;
        this.trail = trail;
        this.staff = staff;
        this.problems = problems;
        this.clock = clock;
        this.hospital = hospital;
    }

    Response csv(Asked asked) {
        var entries = found(asked, MOST, log.head().size());
        return file(asked, entries, "csv", "text/csv; charset=utf-8; header=present", "csv", AuditCsv.of(entries));
    }

    /** For an audit record repository. */
    Response fhir(Asked asked) {
        var entries = found(asked, MOST, log.head().size());
        var events = new FhirAuditEvents(hospital, key.name()).bundle(entries, clock.instant());
        return file(asked, entries, "fhir", "application/fhir+json", "json", events);
    }

    /** Entries with their proofs; only what the newest checkpoint covers can have one. */
    Response bundle(Asked asked) {
        var checkpoint = reading.checkpoint();
        var entries = found(asked, MOST_PROVEN, checkpoint.head().size());
        var zip = ProofBundle.write(entries, checkpoint, HashSource.remembering(log.hashes()), key);
        return file(asked, entries, "bundle", "application/zip", "zip", zip);
    }

    private List<Logged> found(Asked asked, int most, long end) {
        var wanted = search.readOrRefuse(asked);
        var before = Math.min(wanted.before(), end);
        var entries = new ArrayList<Logged>();
        while (before > 0) {
            var piece = log.find(new Search(wanted.about(), wanted.from(), wanted.until(), before, PIECE));
            entries.addAll(piece);
            if (entries.size() > most) {
                throw problems.refuse(
                        ProblemType.INVALID_REQUEST,
                        "More than " + most + " entries fit; narrow the search, for example by time.");
            }
            before = piece.size() == PIECE ? piece.getLast().index() : 0;
        }
        return entries.reversed();
    }

    private Response file(Asked asked, List<Logged> entries, String form, String type, String ending, byte[] content) {
        var exported = staff.does(AuditKind.EXPORT, clock.instant())
                .with("form", form)
                .with("entries", entries.size())
                .with("sha256", Digest.of(content))
                .with("searched", asked.names());
        trail.append(asked.patient.isBlank() ? exported : exported.with("patient", asked.patient.strip()));
        return Response.ok(content)
                .type(type)
                .header("Content-Disposition", "attachment; filename=\"venule-audit." + ending + "\"")
                .build();
    }
}
