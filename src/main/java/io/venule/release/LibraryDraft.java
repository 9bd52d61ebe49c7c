package io.venule.release;

import io.venule.druglibrary.LibraryVersion;
import io.venule.staff.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A release that was sent to be looked at before anybody signs it, and what people said to it. Its bytes never change: another text is another draft, which nobody has approved. An approval is no signature; a start
 * asks for {@link ReleaseSignatures} alone. Source: EXPECTATIONS row 21.
 *
 * @param title the library's own
 * @param steps what was said to it, the first first; it begins with {@link Said.Sent}
 * @param published whether it was ever the active release
 */
public record LibraryDraft(LibraryVersion version, String title, List<Step> steps, boolean published) {
    public LibraryDraft {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(steps.getFirst().said() instanceof Said.Sent)) {
            throw new IllegalArgumentException("a draft that nobody sent");
        }
    }

    /** What a person says to a draft. */
    public sealed interface Said {
        /** Look at this. Whoever says it can not approve it. */
        record Sent() implements Said {}

        /** It is as it should be. */
        record Approved() implements Said {}

        /** It is not to be published as it is. */
        record Closed(Reason reason) implements Said {}
    }

    /** Why a draft is closed. No free text: what stays in the log for ever must not hold a patient's name. */
    public enum Reason {
        LIMIT("a limit is not as it should be"),
        CONTENT("a drug, strength or product is not as it should be"),
        SOURCE("a source is missing or says something else"),
        QUESTION("a question must be answered first"),
        NOT_NEEDED("it is not needed any more");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * One thing that one person said.
     *
     * @param name as the identity provider gave it then
     * @param base SHA-256 of the release that was the active one, and that the draft was compared with
     */
    public record Step(Said said, SubjectId who, String name, String base, Instant at) {}

    /** Where it stands while a certain release is the active one. */
    public enum State {
        /** Somebody else must look at it. */
        IN_REVIEW,
        /** Two people can sign it now. */
        APPROVED,
        /** It is not to be published as it is; it can be sent again. */
        CLOSED,
        /** Another release became the active one since, and nobody compared it with that; it can be sent again. */
        OVERTAKEN,
        /** It was the active release, or still is. */
        PUBLISHED
    }

    /** Why something can not be said. */
    public enum Objection {
        /** Whoever sent a draft does not approve it. */
        OWN,
        /** It does not wait for that: it is approved, closed or published. */
        ENDED,
        OVERTAKEN
    }

    /** @param active SHA-256 of the active release */
    public State state(String active) {
        if (published) {
            return State.PUBLISHED;
        }
        var last = steps.getLast();
        return switch (last.said()) {
            case Said.Closed _ -> State.CLOSED;
            case Said.Sent _ -> last.base().equals(active) ? State.IN_REVIEW : State.OVERTAKEN;
            case Said.Approved _ -> last.base().equals(active) ? State.APPROVED : State.OVERTAKEN;
        };
    }

    /** What speaks against the next step; empty where nothing does. */
    public Optional<Objection> objectionTo(Step next) {
        var state = state(next.base());
        return switch (next.said()) {
            case Said.Sent _ ->
                state == State.CLOSED || state == State.OVERTAKEN ? Optional.empty() : Optional.of(Objection.ENDED);
            case Said.Approved _ ->
                switch (state) {
                    case IN_REVIEW -> isOf(next.who()) ? Optional.of(Objection.OWN) : Optional.empty();
                    case OVERTAKEN -> Optional.of(Objection.OVERTAKEN);
                    case APPROVED, CLOSED, PUBLISHED -> Optional.of(Objection.ENDED);
                };
            case Said.Closed _ ->
                state == State.CLOSED || state == State.PUBLISHED ? Optional.of(Objection.ENDED) : Optional.empty();
        };
    }

    /** How it was sent last. */
    public Step sent() {
        return steps.reversed().stream()
                .filter(step -> step.said() instanceof Said.Sent)
                .findFirst()
                .orElseThrow();
    }

    /** Whether the last word closed it. */
    public boolean isClosed() {
        return steps.getLast().said() instanceof Said.Closed;
    }

    /** Whether this person ever sent it. */
    public boolean isOf(SubjectId person) {
        return steps.stream()
                .anyMatch(step -> step.said() instanceof Said.Sent && step.who().equals(person));
    }
}
