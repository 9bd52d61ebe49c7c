package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.release.LibraryDraft;
import io.venule.release.LibraryDraft.Objection;
import io.venule.release.LibraryDraft.State;
import io.venule.release.LibraryDraft.Step;
import io.venule.release.LibraryDrafts;
import io.venule.release.LibraryDrafts.Outcome;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.LibraryReleases.Since;
import io.venule.release.Release;
import io.venule.stack.BackboneResource;
import io.venule.staff.SubjectId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafts and what was said to them, in PostgreSQL: each word once with its entry, and none changed. EXPECTATIONS row 21. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class LibraryDraftsIT extends DraftsAtHand {
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
