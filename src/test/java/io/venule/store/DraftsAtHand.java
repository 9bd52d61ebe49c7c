package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.release.ActiveRelease;
import io.venule.release.LibraryDraft;
import io.venule.release.LibraryDraft.Reason;
import io.venule.release.LibraryDraft.Said;
import io.venule.release.LibraryDraft.Step;
import io.venule.release.LibraryDrafts.Outcome;
import io.venule.release.LibraryReading;
import io.venule.release.LibraryText;
import io.venule.release.Release;
import io.venule.signing.Digest;
import io.venule.staff.SubjectId;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;

/** What tests of drafts and of their publication begin with. */
abstract class DraftsAtHand {
    private static final AtomicInteger NEXT = new AtomicInteger();
    static final SubjectId PAT = new SubjectId("pat");
    static final SubjectId PIA = new SubjectId("pia");
    static final int PEOPLE = 6;
    static final Said SENT = new Said.Sent();
    static final Said APPROVED = new Said.Approved();
    static final Said PUBLISHED = new Said.Published();
    static final Said CLOSED = new Said.Closed(Reason.SOURCE);

    @Inject
    PostgresLibraryDrafts drafts;

    @Inject
    PostgresLibraryReleases releases;

    @Inject
    ActiveRelease inForce;

    @Inject
    AuditLog log;

    @Inject
    DataSource database;

    /** As if another release were the active one in each test, so that drafts of others are overtaken. */
    String active = "";

    @BeforeEach
    void another() {
        active = Digest.of(("active " + NEXT.incrementAndGet()).getBytes(UTF_8)).hex();
    }

    Release draft() {
        var text = new String(inForce.release().canonicalBytes(), UTF_8)
                .replace("\"title\":\"", "\"title\":\"Draft " + NEXT.incrementAndGet() + " of ");
        return switch (LibraryText.readRelease(text.getBytes(UTF_8))) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults.toString());
        };
    }

    Step step(Said said, SubjectId who) {
        return new Step(said, who, "Name of " + who.value(), active, NOON);
    }

    AuditEntry entry(Said said, SubjectId who, Release draft) {
        var kind = switch (said) {
            case Said.Sent _ -> AuditKind.LIBRARY_DRAFTED;
            case Said.Approved _ -> AuditKind.LIBRARY_DRAFT_APPROVED;
            case Said.Signed _ -> AuditKind.LIBRARY_DRAFT_SIGNED;
            case Said.Published _ -> AuditKind.LIBRARY_RELEASED;
            case Said.Closed _ -> AuditKind.LIBRARY_DRAFT_CLOSED;
        };
        var entry = AuditEntry.of(kind, NOON, who)
                .with("name", who.value())
                .with("address", "127.0.0.1")
                .with("counter", draft.version().counter())
                .with("sha256", new Digest(draft.version().sha256()));
        return said instanceof Said.Closed(var reason) ? entry.with("reason", reason.name()) : entry;
    }

    Outcome send(Release draft, SubjectId who) {
        return drafts.send(draft, step(SENT, who), entry(SENT, who, draft));
    }

    Outcome say(Release draft, Said said, SubjectId who) {
        return drafts.say(draft.version().sha256(), step(said, who), kept -> entry(said, who, draft))
                .orElseThrow();
    }

    LibraryDraft found(Release draft) {
        return drafts.find(draft.version().sha256()).orElseThrow();
    }

    /** Of the entries about this draft, in the order of the log. */
    List<AuditKind> kinds(Release draft) {
        return LongStream.range(0, log.head().size())
                .mapToObj(log::entry)
                .flatMap(Optional::stream)
                .map(AuditLog.Logged::entry)
                .filter(entry -> entry.said("sha256").equals(draft.version().sha256()))
                .map(AuditEntry::kind)
                .toList();
    }

    /** All of them begin while nobody can write, so that each has read what it can before the first one writes. */
    List<Outcome> atOnce(IntFunction<Outcome> one) throws Exception {
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Outcome>>();
            try (var connection = database.getConnection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE library_draft_step IN EXCLUSIVE MODE");
                for (int i = 0; i < PEOPLE; i++) {
                    var who = i;
                    all.add(people.submit(() -> one.apply(who)));
                }
                await().atMost(Duration.ofSeconds(20)).until(() -> waiting(statement) >= PEOPLE);
                connection.rollback();
            }
            var outcomes = new ArrayList<Outcome>();
            for (var done : all) {
                outcomes.add(done.get());
            }
            return outcomes;
        }
    }

    private static int waiting(Statement statement) throws SQLException {
        try (var found = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
            found.next();
            return found.getInt(1);
        }
    }
}
