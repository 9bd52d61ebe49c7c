package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.druglibrary.LibraryVersion;
import io.venule.release.LibraryDraft;
import io.venule.release.LibraryDraft.Objection;
import io.venule.release.LibraryDraft.Reason;
import io.venule.release.LibraryDraft.Said;
import io.venule.release.LibraryDraft.Step;
import io.venule.release.LibraryDrafts;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.Release;
import io.venule.release.ReleaseBytes;
import io.venule.staff.SubjectId;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@link LibraryDrafts} in PostgreSQL. Steps come one after another, those to different drafts too. */
@Singleton
final class PostgresLibraryDrafts implements LibraryDrafts {
    /** Any number that nothing else locks: the letters "drft". */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(x'64726674'::bigint)";

    private static final String STEPS = "SELECT d.sha256, d.counter, d.title,"
            + " EXISTS (SELECT 1 FROM library_activation a WHERE a.sha256 = d.sha256) AS published,"
            + " s.what, s.reason, s.signature, s.who, s.name, s.base, s.at, s.number"
            + " FROM library_draft d JOIN library_draft_step s USING (sha256) WHERE d.sha256 ";
    private static final String ONE = STEPS + "= ? ORDER BY s.number";
    private static final String NEWEST = STEPS
            + "IN (SELECT sha256 FROM library_draft_step GROUP BY sha256"
            + " ORDER BY (array_agg(what ORDER BY number DESC))[1] = 'CLOSED', max(number) DESC LIMIT ?) ORDER BY s.number";
    private static final String OPEN =
            "SELECT count(*) FROM (SELECT DISTINCT ON (sha256) what, base FROM library_draft_step"
                    + " ORDER BY sha256, number DESC) last WHERE what <> 'CLOSED' AND base = ?";
    private static final String BYTES = "SELECT canonical FROM library_draft WHERE sha256 = ?";
    private static final String KEEP = "INSERT INTO library_draft (sha256, counter, title, canonical)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING";
    private static final String SAY =
            "INSERT INTO library_draft_step (sha256, what, reason, signature, who, name, base, at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private final Transactions transactions;
    private final PostgresLibraryReleases releases;
    private final AuditAppender log;

    PostgresLibraryDrafts(Transactions transactions, PostgresLibraryReleases releases, AuditAppender log) {
        this.transactions = transactions;
        this.releases = releases;
        this.log = log;
    }

    @Override
    public Outcome send(Release draft, Step sent, AuditEntry entry) {
        return transactions.inOne(() -> {
            transactions.rows(LOCK, _ -> {}, _ -> true);
            var sha256 = draft.version().sha256();
            var before = one(sha256);
            var objection = before.flatMap(kept -> kept.objectionTo(sent));
            if (objection.isPresent()) {
                return new Outcome.Refused(before.orElseThrow(), objection.get());
            }
            if (open(sent.base()) >= MOST_OPEN) {
                return new Outcome.Full();
            }
            keep(draft);
            return made(sha256, sent, List.of(entry));
        });
    }

    @Override
    public Optional<Outcome> say(String sha256, Step step, Function<LibraryDraft, AuditEntry> entry) {
        return transactions.inOne(() -> {
            transactions.rows(LOCK, _ -> {}, _ -> true);
            return one(sha256)
                    .map(kept -> kept.objectionTo(step)
                            .<Outcome>map(why -> new Outcome.Refused(kept, why))
                            .orElseGet(() -> made(sha256, step, List.of(entry.apply(kept)))));
        });
    }

    @Override
    public Optional<Outcome> publish(Signed release, Step published, List<AuditEntry> entries) {
        var sha256 = release.release().version().sha256();
        return transactions.inOne(() -> {
            transactions.rows(LOCK, _ -> {}, _ -> true);
            return one(sha256)
                    .map(kept -> kept.objectionTo(published)
                            .or(() -> releases.succeed(release, published.base(), published.at())
                                    ? Optional.empty()
                                    : Optional.of(Objection.OVERTAKEN))
                            .<Outcome>map(why -> new Outcome.Refused(kept, why))
                            .orElseGet(() -> made(sha256, published, entries)));
        });
    }

    private Outcome made(String sha256, Step step, List<AuditEntry> entries) {
        say(sha256, step);
        log.append(entries);
        return new Outcome.Made(one(sha256).orElseThrow());
    }

    @Override
    public List<LibraryDraft> newest(int atMost) {
        return transactions.reading(() -> drafts(NEWEST, statement -> statement.setInt(1, atMost))).stream()
                .sorted(Comparator.comparing(LibraryDraft::isClosed))
                .toList();
    }

    @Override
    public Optional<LibraryDraft> find(String sha256) {
        return transactions.reading(() -> one(sha256));
    }

    @Override
    public Optional<ReleaseBytes> bytes(String sha256) {
        return transactions.reading(() -> transactions.first(
                BYTES, statement -> statement.setString(1, sha256), found -> new ReleaseBytes(found.getBytes(1))));
    }

    private long open(String base) {
        return transactions
                .first(OPEN, statement -> statement.setString(1, base), found -> found.getLong(1))
                .orElseThrow();
    }

    private void keep(Release draft) {
        transactions.write(KEEP, statement -> {
            statement.setString(1, draft.version().sha256());
            statement.setLong(2, draft.version().counter());
            statement.setString(3, draft.library().title());
            statement.setBytes(4, draft.canonicalBytes());
        });
    }

    private void say(String sha256, Step step) {
        transactions.write(SAY, statement -> {
            statement.setString(1, sha256);
            statement.setString(2, what(step.said()));
            statement.setString(3, step.said() instanceof Said.Closed(var reason) ? reason.name() : "");
            statement.setString(4, step.said() instanceof Said.Signed(var signature) ? signature : "");
            statement.setString(5, step.who().value());
            statement.setString(6, step.name());
            statement.setString(7, step.base());
            statement.setTimestamp(8, Timestamp.from(step.at()));
        });
    }

    private static String what(Said said) {
        return switch (said) {
            case Said.Sent _ -> "SENT";
            case Said.Approved _ -> "APPROVED";
            case Said.Signed _ -> "SIGNED";
            case Said.Published _ -> "PUBLISHED";
            case Said.Closed _ -> "CLOSED";
        };
    }

    private Optional<LibraryDraft> one(String sha256) {
        return drafts(ONE, statement -> statement.setString(1, sha256)).stream().findFirst();
    }

    /** A step, beside the draft to which it was said. */
    private record Line(LibraryVersion version, String title, boolean published, Step step) {}

    /** The one with the latest word first. */
    private List<LibraryDraft> drafts(String query, Transactions.Terms terms) {
        var latest = new LinkedHashMap<LibraryVersion, List<Line>>();
        for (var line : transactions.rows(query, terms, PostgresLibraryDrafts::line)) {
            var lines = latest.computeIfAbsent(line.version(), _ -> new ArrayList<>());
            lines.add(line);
            latest.putLast(line.version(), lines);
        }
        return latest.sequencedValues().reversed().stream()
                .map(PostgresLibraryDrafts::draft)
                .toList();
    }

    private static LibraryDraft draft(List<Line> lines) {
        var any = lines.getFirst();
        return new LibraryDraft(
                any.version(), any.title(), lines.stream().map(Line::step).toList(), any.published());
    }

    private static Line line(ResultSet found) throws SQLException {
        return new Line(
                new LibraryVersion(found.getLong("counter"), found.getString("sha256")),
                found.getString("title"),
                found.getBoolean("published"),
                new Step(
                        said(found),
                        new SubjectId(found.getString("who")),
                        found.getString("name"),
                        found.getString("base"),
                        found.getTimestamp("at").toInstant()));
    }

    private static Said said(ResultSet found) throws SQLException {
        return switch (found.getString("what")) {
            case "SENT" -> new Said.Sent();
            case "APPROVED" -> new Said.Approved();
            case "SIGNED" -> new Said.Signed(found.getString("signature"));
            case "PUBLISHED" -> new Said.Published();
            default -> new Said.Closed(Reason.valueOf(found.getString("reason")));
        };
    }
}
