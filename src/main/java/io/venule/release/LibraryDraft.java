package io.venule.release;

import io.venule.druglibrary.LibraryVersion;
import io.venule.staff.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A release that was sent to be looked at before anybody signs it, and what people said to it. Its bytes never change: another text is another draft, which nobody has approved. An approval is no signature: servers and
 * pumps ask for {@link ReleaseSignatures} alone. Source: EXPECTATIONS row 21.
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

        /** Exactly these bytes, by my key. What the key says is the signature (compact JWS). */
        record Signed(String signature) implements Said {}

        /** Work with it. */
        record Published() implements Said {}

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
        /** Two people can sign it now; one of them may have. */
        APPROVED,
        /** Two people signed it; it can be published. */
        SIGNED,
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
        /** Something else comes first: it is approved before it is signed, and signed by two before it is published. */
        EARLY,
        /** The same person signed it already. */
        TWICE,
        /** It does not wait for that any more. */
        ENDED,
        OVERTAKEN
    }

    /** @param active SHA-256 of the active release */
    public State state(String active) {
        if (published) {
            return State.PUBLISHED;
        }
        var last = steps.getLast();
        if (last.said() instanceof Said.Closed) {
            return State.CLOSED;
        }
        if (!last.base().equals(active)) {
            return State.OVERTAKEN;
        }
        return switch (last.said()) {
            case Said.Sent _ -> State.IN_REVIEW;
            case Said.Approved _ -> State.APPROVED;
            case Said.Signed _ -> signed().size() < ReleaseSignatures.NEEDED ? State.APPROVED : State.SIGNED;
            case Said.Published _ -> State.PUBLISHED;
            case Said.Closed _ -> State.CLOSED;
        };
    }

    /** What speaks against the next step; empty where nothing does. */
    public Optional<Objection> objectionTo(Step next) {
        var state = state(next.base());
        return switch (next.said()) {
            case Said.Sent _ ->
                state == State.CLOSED || state == State.OVERTAKEN ? Optional.empty() : Optional.of(Objection.ENDED);
            case Said.Approved _ ->
                isOf(next.who()) ? inReview(state).or(() -> Optional.of(Objection.OWN)) : inReview(state);
            case Said.Signed _ -> toSignature(state, next.who());
            case Said.Published _ -> toPublication(state);
            case Said.Closed _ ->
                state == State.CLOSED || state == State.PUBLISHED ? Optional.of(Objection.ENDED) : Optional.empty();
        };
    }

    private static Optional<Objection> inReview(State state) {
        return switch (state) {
            case IN_REVIEW -> Optional.empty();
            case OVERTAKEN -> Optional.of(Objection.OVERTAKEN);
            case APPROVED, SIGNED, CLOSED, PUBLISHED -> Optional.of(Objection.ENDED);
        };
    }

    private Optional<Objection> toSignature(State state, SubjectId who) {
        return switch (state) {
            case IN_REVIEW -> Optional.of(Objection.EARLY);
            case APPROVED -> isSignedBy(who) ? Optional.of(Objection.TWICE) : Optional.empty();
            case OVERTAKEN -> Optional.of(Objection.OVERTAKEN);
            case SIGNED, CLOSED, PUBLISHED -> Optional.of(Objection.ENDED);
        };
    }

    private static Optional<Objection> toPublication(State state) {
        return switch (state) {
            case IN_REVIEW, APPROVED -> Optional.of(Objection.EARLY);
            case SIGNED -> Optional.empty();
            case OVERTAKEN -> Optional.of(Objection.OVERTAKEN);
            case CLOSED, PUBLISHED -> Optional.of(Objection.ENDED);
        };
    }

    /** The signatures since it was sent last, in the order in which they came. */
    public List<String> signatures() {
        return signed().stream()
                .flatMap(step -> step.said() instanceof Said.Signed(var signature) ? Stream.of(signature) : Stream.of())
                .toList();
    }

    /** Whether this person signed it since it was sent last. */
    public boolean isSignedBy(SubjectId person) {
        return signed().stream().anyMatch(step -> step.who().equals(person));
    }

    private List<Step> signed() {
        return steps.subList(steps.lastIndexOf(sent()), steps.size()).stream()
                .filter(step -> step.said() instanceof Said.Signed)
                .toList();
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
