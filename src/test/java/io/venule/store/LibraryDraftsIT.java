package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.release.ActiveRelease;
import io.venule.release.LibraryDraft;
import io.venule.release.LibraryDraft.Objection;
import io.venule.release.LibraryDraft.Reason;
import io.venule.release.LibraryDraft.Said;
import io.venule.release.LibraryDraft.State;
import io.venule.release.LibraryDraft.Step;
import io.venule.release.LibraryDrafts;
import io.venule.release.LibraryDrafts.Outcome;
import io.venule.release.LibraryReading;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.LibraryReleases.Since;
import io.venule.release.LibraryText;
import io.venule.release.Release;
import io.venule.signing.Digest;
import io.venule.stack.BackboneResource;
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
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafts and what was said to them, in PostgreSQL: each word once with its entry, and none changed. EXPECTATIONS row 21. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class LibraryDraftsIT {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final SubjectId PAT = new SubjectId("pat");
    private static final SubjectId PIA = new SubjectId("pia");
    private static final int PEOPLE = 6;
    private static final Said SENT = new Said.Sent();
    private static final Said APPROVED = new Said.Approved();
    private static final Said PUBLISHED = new Said.Published();
    private static final Said CLOSED = new Said.Closed(Reason.SOURCE);

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
    private String active = "";

    @BeforeEach
    void another() {
        active = Digest.of(("active " + NEXT.incrementAndGet()).getBytes(UTF_8)).hex();
    }

    private Release draft() {
        var text = new String(inForce.release().canonicalBytes(), UTF_8)
                .replace("\"title\":\"", "\"title\":\"Draft " + NEXT.incrementAndGet() + " of ");
        return switch (LibraryText.readRelease(text.getBytes(UTF_8))) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults.toString());
        };
    }

    private Step step(Said said, SubjectId who) {
        return new Step(said, who, "Name of " + who.value(), active, NOON);
    }

    private AuditEntry entry(Said said, SubjectId who, Release draft) {
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

    private Outcome send(Release draft, SubjectId who) {
        return drafts.send(draft, step(SENT, who), entry(SENT, who, draft));
    }

    private Outcome say(Release draft, Said said, SubjectId who) {
        return drafts.say(draft.version().sha256(), step(said, who), kept -> entry(said, who, draft))
                .orElseThrow();
    }

    private LibraryDraft found(Release draft) {
        return drafts.find(draft.version().sha256()).orElseThrow();
    }

    /** Of the entries about this draft, in the order of the log. */
    private List<AuditKind> kinds(Release draft) {
        return LongStream.range(0, log.head().size())
                .mapToObj(log::entry)
                .flatMap(Optional::stream)
                .map(AuditLog.Logged::entry)
                .filter(entry -> entry.said("sha256").equals(draft.version().sha256()))
                .map(AuditEntry::kind)
                .toList();
    }

    @Test
    void a_draft_is_kept_byte_for_byte_with_all_that_is_said_to_it_and_an_entry_for_each() {
        var draft = draft();

        assertThat(send(draft, PAT)).isInstanceOf(Outcome.Made.class);
        assertThat(found(draft).state(active)).isEqualTo(State.IN_REVIEW);
        assertThat(say(draft, APPROVED, PIA)).isInstanceOf(Outcome.Made.class);
        assertThat(found(draft).state(active)).isEqualTo(State.APPROVED);
        assertThat(say(draft, CLOSED, PAT)).isInstanceOf(Outcome.Made.class);
        assertThat(send(draft, PIA)).isEqualTo(new Outcome.Made(found(draft)));

        assertThat(found(draft))
                .isEqualTo(new LibraryDraft(
                        draft.version(),
                        draft.library().title(),
                        List.of(step(SENT, PAT), step(APPROVED, PIA), step(CLOSED, PAT), step(SENT, PIA)),
                        false));
        assertThat(drafts.bytes(draft.version().sha256()).orElseThrow().bytes()).isEqualTo(draft.canonicalBytes());
        assertThat(kinds(draft))
                .containsExactly(
                        AuditKind.LIBRARY_DRAFTED,
                        AuditKind.LIBRARY_DRAFT_APPROVED,
                        AuditKind.LIBRARY_DRAFT_CLOSED,
                        AuditKind.LIBRARY_DRAFTED);
    }

    @Test
    void what_is_refused_is_neither_kept_nor_entered() {
        var draft = draft();
        send(draft, PAT);

        assertThat(send(draft, PIA)).isEqualTo(new Outcome.Refused(found(draft), Objection.ENDED));
        assertThat(say(draft, APPROVED, PAT)).isEqualTo(new Outcome.Refused(found(draft), Objection.OWN));
        say(draft, CLOSED, PIA);
        assertThat(say(draft, APPROVED, PIA)).isEqualTo(new Outcome.Refused(found(draft), Objection.ENDED));
        assertThat(drafts.say("0".repeat(64), step(APPROVED, PIA), kept -> entry(APPROVED, PIA, draft)))
                .isEmpty();

        assertThat(found(draft).steps()).hasSize(2);
        assertThat(kinds(draft)).containsExactly(AuditKind.LIBRARY_DRAFTED, AuditKind.LIBRARY_DRAFT_CLOSED);
    }

    @Test
    void an_approval_falls_when_another_release_becomes_the_active_one() {
        var draft = draft();
        send(draft, PAT);
        say(draft, APPROVED, PIA);
        var before = active;
        another();

        assertThat(found(draft).state(before)).isEqualTo(State.APPROVED);
        assertThat(found(draft).state(active)).isEqualTo(State.OVERTAKEN);
        assertThat(say(draft, APPROVED, PIA)).isEqualTo(new Outcome.Refused(found(draft), Objection.OVERTAKEN));
        assertThat(send(draft, PAT)).isInstanceOf(Outcome.Made.class);
        assertThat(found(draft).state(active)).isEqualTo(State.IN_REVIEW);
    }

    @Test
    void what_became_the_active_release_is_published_and_nothing_more_is_said_to_it() {
        var draft = draft();
        send(draft, PAT);
        say(draft, APPROVED, PIA);

        releases.activate(new Signed(draft, List.of("a.b.c"), List.of("pat", "pia")), () -> new Since(NOON, List.of()));

        assertThat(found(draft).published()).isTrue();
        assertThat(say(draft, CLOSED, PIA)).isEqualTo(new Outcome.Refused(found(draft), Objection.ENDED));
        assertThat(send(draft, PAT)).isEqualTo(new Outcome.Refused(found(draft), Objection.ENDED));
    }

    /** As far as two signatures, compared with what really was activated last. */
    private Release signedByTwo() {
        active = lastActivated();
        var draft = draft();
        send(draft, PAT);
        say(draft, APPROVED, PIA);
        say(draft, new Said.Signed("a.b.c"), PIA);
        say(draft, new Said.Signed("d.e.f"), PAT);
        return draft;
    }

    private String lastActivated() {
        return releases.activations(Long.MAX_VALUE, 1).getFirst().version().sha256();
    }

    private Outcome publish(Release draft) {
        var signed = new Signed(draft, found(draft).signatures(), List.of("pat", "pia"));
        var entry = entry(PUBLISHED, PIA, draft).with("signers", signed.signers());
        return drafts.publish(signed, step(PUBLISHED, PIA), List.of(entry)).orElseThrow();
    }

    @Test
    void what_is_published_is_what_was_activated_last_with_its_signatures_its_step_and_its_entry() {
        var draft = signedByTwo();
        assertThat(found(draft).state(active)).isEqualTo(State.SIGNED);
        assertThat(found(draft).signatures()).containsExactly("a.b.c", "d.e.f");

        assertThat(publish(draft)).isEqualTo(new Outcome.Made(found(draft)));

        assertThat(lastActivated()).isEqualTo(draft.version().sha256());
        var kept = releases.kept(draft.version().sha256()).orElseThrow();
        assertThat(kept.version()).isEqualTo(draft.version());
        assertThat(kept.bytes().bytes()).isEqualTo(draft.canonicalBytes());
        assertThat(kept.signatures()).containsExactly("a.b.c", "d.e.f");
        assertThat(found(draft).state(active)).isEqualTo(State.PUBLISHED);
        assertThat(found(draft).steps().getLast()).isEqualTo(step(PUBLISHED, PIA));
        assertThat(kinds(draft).getLast()).isEqualTo(AuditKind.LIBRARY_RELEASED);
        assertThat(publish(draft)).isEqualTo(new Outcome.Refused(found(draft), Objection.ENDED));
        assertThat(releases.activations(Long.MAX_VALUE, 2).getLast().version()).isNotEqualTo(draft.version());
    }

    @Test
    void what_two_people_did_not_sign_is_not_published() {
        active = lastActivated();
        var draft = draft();
        send(draft, PAT);
        say(draft, APPROVED, PIA);
        say(draft, new Said.Signed("a.b.c"), PIA);

        assertThat(publish(draft)).isEqualTo(new Outcome.Refused(found(draft), Objection.EARLY));
        assertThat(say(draft, new Said.Signed("d.e.f"), PIA))
                .isEqualTo(new Outcome.Refused(found(draft), Objection.TWICE));

        assertThat(lastActivated()).isEqualTo(active);
        assertThat(kinds(draft)).endsWith(AuditKind.LIBRARY_DRAFT_SIGNED);
    }

    @Test
    void what_cannot_be_entered_in_the_log_is_not_published() {
        var draft = signedByTwo();
        var signed = new Signed(draft, found(draft).signatures(), List.of("pat", "pia"));
        var noEntry = AuditEntry.of(AuditKind.LIBRARY_RELEASED, NOON, PAT);

        assertThatThrownBy(() -> drafts.publish(signed, step(PUBLISHED, PIA), List.of(noEntry)))
                .isInstanceOf(RuntimeException.class);

        assertThat(lastActivated()).isEqualTo(active);
        assertThat(found(draft).state(active)).isEqualTo(State.SIGNED);
    }

    /** Two servers that know the same release as the active one. */
    @Test
    void of_many_that_are_published_at_once_one_is_and_the_others_were_compared_with_what_is_not_active_any_more()
            throws Exception {
        var signed = Stream.generate(this::signedByTwo).limit(PEOPLE).toList();

        var outcomes = atOnce(i -> publish(signed.get(i)));

        assertThat(outcomes).filteredOn(Outcome.Made.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome instanceof Outcome.Refused(var _, var why) && why == Objection.OVERTAKEN)
                .hasSize(PEOPLE - 1);
        assertThat(signed.stream().map(draft -> draft.version().sha256())).contains(lastActivated());
        assertThat(signed).filteredOn(draft -> found(draft).published()).hasSize(1);
    }

    @Test
    void no_more_are_open_at_a_time_than_there_may_be_and_closing_one_makes_room() {
        var open = new ArrayList<Release>();
        for (int i = 0; i < LibraryDrafts.MOST_OPEN; i++) {
            open.add(draft());
            assertThat(send(open.getLast(), PAT)).isInstanceOf(Outcome.Made.class);
        }
        say(open.getFirst(), APPROVED, PIA);
        var another = draft();

        assertThat(send(another, PAT)).isEqualTo(new Outcome.Full());
        assertThat(drafts.find(another.version().sha256())).isEmpty();
        assertThat(kinds(another)).isEmpty();
        say(open.getLast(), CLOSED, PIA);
        assertThat(send(another, PAT)).isInstanceOf(Outcome.Made.class);
        assertThat(send(open.getLast(), PAT)).isEqualTo(new Outcome.Full());
    }

    @Test
    void those_that_are_not_closed_come_first_and_of_them_the_one_with_the_latest_word() {
        var one = draft();
        var two = draft();
        send(one, PAT);
        send(two, PAT);
        say(one, APPROVED, PIA);

        assertThat(drafts.newest(2)).containsExactly(found(one), found(two));
        assertThat(drafts.newest(1)).containsExactly(found(one));
        say(one, CLOSED, PIA);
        assertThat(drafts.newest(1)).containsExactly(found(two));
        assertThat(drafts.newest(100).reversed()).first().matches(LibraryDraft::isClosed);
    }

    @Test
    void what_cannot_be_entered_in_the_log_is_not_said() {
        var draft = draft();
        var noEntry = AuditEntry.of(AuditKind.LIBRARY_DRAFTED, NOON, PAT);
        assertThatThrownBy(() -> drafts.send(draft, step(SENT, PAT), noEntry)).isInstanceOf(RuntimeException.class);
        assertThat(drafts.find(draft.version().sha256())).isEmpty();
        assertThat(drafts.bytes(draft.version().sha256())).isEmpty();
        send(draft, PAT);

        assertThatThrownBy(() -> drafts.say(draft.version().sha256(), step(APPROVED, PIA), kept -> noEntry))
                .isInstanceOf(RuntimeException.class);

        assertThat(found(draft).state(active)).isEqualTo(State.IN_REVIEW);
    }

    @Test
    void of_many_who_approve_and_close_at_once_each_word_follows_the_one_before() throws Exception {
        var draft = draft();
        send(draft, PAT);

        var made = atOnce(i -> say(draft, i % 2 == 0 ? APPROVED : CLOSED, new SubjectId("p" + i)));

        var said = found(draft).steps().stream().map(Step::said).toList();
        assertThat(said).isIn(List.of(SENT, APPROVED, CLOSED), List.of(SENT, CLOSED));
        assertThat(made).filteredOn(Outcome.Made.class::isInstance).hasSize(said.size() - 1);
        assertThat(kinds(draft)).hasSameSizeAs(said);
    }

    @Test
    void of_many_who_send_it_at_once_one_sends_it() throws Exception {
        var draft = draft();

        var made = atOnce(i -> send(draft, new SubjectId("p" + i)));

        assertThat(made).filteredOn(Outcome.Made.class::isInstance).hasSize(1);
        assertThat(found(draft).steps()).hasSize(1);
        assertThat(kinds(draft)).containsExactly(AuditKind.LIBRARY_DRAFTED);
    }

    /** All of them begin while nobody can write, so that each has read what it can before the first one writes. */
    private List<Outcome> atOnce(IntFunction<Outcome> one) throws Exception {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE library_draft SET title = 'other'",
                "DELETE FROM library_draft_step",
                "UPDATE library_draft_step SET who = 'other'",
                "TRUNCATE library_draft_step, library_draft",
                "INSERT INTO library_draft VALUES (repeat('0', 64), 1, 'forged', '{}')"
            })
    void nobody_changes_what_was_said(String statement) throws SQLException {
        var draft = draft();
        send(draft, PAT);

        try (var connection = database.getConnection();
                var sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement)).isInstanceOf(SQLException.class);
        }

        assertThat(found(draft).steps()).containsExactly(step(SENT, PAT));
    }
}
