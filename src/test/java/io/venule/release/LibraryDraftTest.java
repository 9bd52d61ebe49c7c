package io.venule.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.druglibrary.LibraryVersion;
import io.venule.release.LibraryDraft.Objection;
import io.venule.release.LibraryDraft.Reason;
import io.venule.release.LibraryDraft.Said;
import io.venule.release.LibraryDraft.State;
import io.venule.release.LibraryDraft.Step;
import io.venule.staff.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may say what to a draft, and where that leaves it. EXPECTATIONS row 21. */
class LibraryDraftTest {
    private static final String ACTIVE = "a".repeat(64);
    private static final String NEXT_ACTIVE = "b".repeat(64);

    /** {@code pat:SENT pia:APPROVED} and so on, each compared with the release that is active at first. */
    private static LibraryDraft draft(String story, boolean published) {
        return new LibraryDraft(
                new LibraryVersion(7, "c".repeat(64)),
                "Test library",
                Stream.of(story.split(" ", -1)).map(said -> step(said, ACTIVE)).toList(),
                published);
    }

    private static Step step(String said, String base) {
        var who = said.substring(0, said.indexOf(':'));
        return new Step(said(said.substring(who.length() + 1)), new SubjectId(who), who, base, Instant.EPOCH);
    }

    private static Said said(String what) {
        return switch (what) {
            case "SENT" -> new Said.Sent();
            case "APPROVED" -> new Said.Approved();
            case "SIGNED" -> new Said.Signed("a.b.c");
            case "PUBLISHED" -> new Said.Published();
            case "CLOSED" -> new Said.Closed(Reason.LIMIT);
            default -> throw new IllegalArgumentException(what);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "pat:SENT, IN_REVIEW, OVERTAKEN",
        "pat:SENT pia:APPROVED, APPROVED, OVERTAKEN",
        "pat:SENT pia:CLOSED, CLOSED, CLOSED",
        "pat:SENT pia:APPROVED pat:CLOSED, CLOSED, CLOSED",
        "pat:SENT pia:CLOSED pat:SENT, IN_REVIEW, OVERTAKEN",
        "pat:SENT pia:APPROVED pat:CLOSED pia:SENT, IN_REVIEW, OVERTAKEN",
        "pat:SENT pia:APPROVED pat:SIGNED, APPROVED, OVERTAKEN",
        "pat:SENT pia:APPROVED pat:SIGNED pia:SIGNED, SIGNED, OVERTAKEN",
        "pat:SENT pia:APPROVED pat:SIGNED pia:SIGNED pol:CLOSED, CLOSED, CLOSED",
        "pat:SENT pia:APPROVED pat:SIGNED pia:CLOSED pat:SENT pia:APPROVED pia:SIGNED, APPROVED, OVERTAKEN",
        "pat:SENT pia:APPROVED pat:SIGNED pia:SIGNED pat:PUBLISHED, PUBLISHED, OVERTAKEN"
    })
    void it_is_where_its_last_step_leaves_it_until_another_release_becomes_active(
            String story, State now, State after) {
        assertThat(draft(story, false).state(ACTIVE)).isEqualTo(now);
        assertThat(draft(story, false).state(NEXT_ACTIVE)).isEqualTo(after);
        assertThat(draft(story, true).state(ACTIVE)).isEqualTo(State.PUBLISHED);
        assertThat(draft(story, true).state(NEXT_ACTIVE)).isEqualTo(State.PUBLISHED);
    }

    @ParameterizedTest
    @CsvSource({
        // in review
        "pat:SENT, pia:APPROVED, ",
        "pat:SENT, pat:APPROVED, OWN",
        "pat:SENT, pia:CLOSED, ",
        "pat:SENT, pat:CLOSED, ",
        "pat:SENT, pat:SENT, ENDED",
        "pat:SENT, pia:SENT, ENDED",
        // approved
        "pat:SENT pia:APPROVED, pia:APPROVED, ENDED",
        "pat:SENT pia:APPROVED, pol:APPROVED, ENDED",
        "pat:SENT pia:APPROVED, pat:APPROVED, ENDED",
        "pat:SENT pia:APPROVED, pia:CLOSED, ",
        "pat:SENT pia:APPROVED, pat:CLOSED, ",
        "pat:SENT pia:APPROVED, pat:SENT, ENDED",
        // signed
        "pat:SENT, pia:SIGNED, EARLY",
        "pat:SENT pia:CLOSED, pia:SIGNED, ENDED",
        "pat:SENT pia:APPROVED, pat:SIGNED, ",
        "pat:SENT pia:APPROVED, pia:SIGNED, ",
        "pat:SENT pia:APPROVED pat:SIGNED, pat:SIGNED, TWICE",
        "pat:SENT pia:APPROVED pat:SIGNED, pia:SIGNED, ",
        "pat:SENT pia:APPROVED pat:SIGNED, pia:APPROVED, ENDED",
        "pat:SENT pia:APPROVED pat:SIGNED, pia:CLOSED, ",
        "pat:SENT pia:APPROVED pat:SIGNED pia:SIGNED, pol:SIGNED, ENDED",
        "pat:SENT pia:APPROVED pat:SIGNED pia:SIGNED, pat:SENT, ENDED",
        "pat:SENT pia:APPROVED pat:SIGNED pia:SIGNED, pol:CLOSED, ",
        "pat:SENT pia:APPROVED pat:SIGNED pia:CLOSED pat:SENT pia:APPROVED, pat:SIGNED, ",
        // published
        "pat:SENT, pia:PUBLISHED, EARLY",
        "pat:SENT pia:APPROVED, pia:PUBLISHED, EARLY",
        "pat:SENT pia:APPROVED pat:SIGNED, pia:PUBLISHED, EARLY",
        "pat:SENT pia:APPROVED pat:SIGNED pia:SIGNED, pat:PUBLISHED, ",
        "pat:SENT pia:APPROVED pat:SIGNED pia:SIGNED pol:CLOSED, pat:PUBLISHED, ENDED",
        // closed
        "pat:SENT pia:CLOSED, pia:APPROVED, ENDED",
        "pat:SENT pia:CLOSED, pia:CLOSED, ENDED",
        "pat:SENT pia:CLOSED, pat:SENT, ",
        "pat:SENT pia:CLOSED, pia:SENT, ",
        // whoever ever sent it
        "pat:SENT pat:CLOSED pia:SENT, pat:APPROVED, OWN",
        "pat:SENT pat:CLOSED pia:SENT, pia:APPROVED, OWN",
        "pat:SENT pat:CLOSED pia:SENT, pol:APPROVED, "
    })
    void what_can_be_said_next_and_by_whom(String story, String next, @Nullable Objection objection) {
        assertObjection(draft(story, false), step(next, ACTIVE), objection);
    }

    @ParameterizedTest
    @CsvSource({
        "pat:SENT, pia:APPROVED, OVERTAKEN",
        "pat:SENT, pat:APPROVED, OVERTAKEN",
        "pat:SENT, pat:SENT, ",
        "pat:SENT, pia:CLOSED, ",
        "pat:SENT pia:APPROVED, pol:APPROVED, OVERTAKEN",
        "pat:SENT pia:APPROVED, pia:SENT, ",
        "pat:SENT pia:APPROVED, pia:CLOSED, ",
        "pat:SENT pia:CLOSED, pol:APPROVED, ENDED",
        "pat:SENT pia:APPROVED, pia:SIGNED, OVERTAKEN",
        "pat:SENT pia:APPROVED pat:SIGNED pia:SIGNED, pol:PUBLISHED, OVERTAKEN"
    })
    void what_was_compared_with_another_release_is_not_approved_signed_or_published(
            String story, String next, @Nullable Objection objection) {
        assertObjection(draft(story, false), step(next, NEXT_ACTIVE), objection);
    }

    @ParameterizedTest
    @CsvSource({"pia:APPROVED", "pat:APPROVED", "pia:CLOSED", "pat:SENT", "pat:SIGNED", "pat:PUBLISHED"})
    void nothing_is_said_to_what_was_published(String next) {
        assertObjection(draft("pat:SENT pia:APPROVED", true), step(next, ACTIVE), Objection.ENDED);
        assertObjection(draft("pat:SENT", true), step(next, NEXT_ACTIVE), Objection.ENDED);
        assertObjection(draft("pat:SENT pia:CLOSED", true), step(next, ACTIVE), Objection.ENDED);
    }

    @Test
    void of_several_who_sent_it_the_last_one_is_named() {
        assertThat(draft("pat:SENT pia:CLOSED pol:SENT pia:CLOSED", false).sent())
                .isEqualTo(step("pol:SENT", ACTIVE));
        assertThat(draft("pat:SENT pia:APPROVED", false).sent()).isEqualTo(step("pat:SENT", ACTIVE));
    }

    @Test
    void a_draft_begins_with_somebody_who_sent_it() {
        assertThatThrownBy(() -> new LibraryDraft(new LibraryVersion(7, ACTIVE), "t", List.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> draft("pia:APPROVED", false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertObjection(LibraryDraft draft, Step next, @Nullable Objection objection) {
        assertThat(draft.objectionTo(next)).isEqualTo(Optional.ofNullable(objection));
    }
}
