package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.release.LibraryDraft.Objection;
import io.venule.release.LibraryDraft.Said;
import io.venule.release.LibraryDraft.State;
import io.venule.release.LibraryDrafts.Outcome;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.Release;
import io.venule.stack.BackboneResource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A draft that two people signed becomes the active release in PostgreSQL: whole, once, and in place of the one that it was compared with. EXPECTATIONS row 21. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class LibraryPublicationsIT extends DraftsAtHand {
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
}
