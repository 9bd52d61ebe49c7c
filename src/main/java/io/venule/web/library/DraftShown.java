package io.venule.web.library;

import io.venule.release.LibraryDraft;
import io.venule.release.LibraryDraft.Said;
import io.venule.release.LibraryDraft.State;
import io.venule.release.LibraryDraft.Step;
import io.venule.web.Times;
import java.util.List;

/**
 * A draft, for the eye.
 *
 * @param state where it stands
 * @param sent who sent it last
 * @param steps what was said to it, the first first
 * @param file as the page's download of its bytes is called
 */
public record DraftShown(
        long counter, String sha256, String title, State state, Sign sign, Line sent, List<Line> steps, String file) {
    /** Where it stands: a word and a shape beside its colour. */
    public record Sign(String word, String icon, String tone) {
        static Sign of(State state) {
            return switch (state) {
                case IN_REVIEW -> new Sign("In review", "hourglass-split", "warn");
                case APPROVED -> new Sign("Approved", "check-circle-fill", "good");
                case SIGNED -> new Sign("Signed by two", "shield-check", "good");
                case CLOSED -> new Sign("Closed", "x-octagon-fill", "quiet");
                case OVERTAKEN -> new Sign("Overtaken", "clock-history", "quiet");
                case PUBLISHED -> new Sign("Published", "patch-check", "info");
            };
        }
    }

    /** Who said what, and when. */
    public record Line(String name, String words, Times.Shown at) {
        static Line of(Step step, Times times) {
            var words = switch (step.said()) {
                case Said.Sent _ -> "sent it to be looked at";
                case Said.Approved _ -> "approved it";
                case Said.Signed _ -> "signed it";
                case Said.Published _ -> "published it";
                case Said.Closed(var reason) -> "closed it: " + reason.words();
            };
            return new Line(step.name(), words, times.show(step.at()));
        }
    }

    /** Enough of its hash to tell two drafts of one counter apart. */
    public String brief() {
        return sha256.substring(0, 8);
    }

    public Line last() {
        return steps.getLast();
    }

    public boolean isInReview() {
        return state == State.IN_REVIEW;
    }

    public boolean isApproved() {
        return state == State.APPROVED;
    }

    public boolean isSigned() {
        return state == State.SIGNED;
    }

    public boolean isOvertaken() {
        return state == State.OVERTAKEN;
    }

    public boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Whether it can be closed. */
    public boolean isOpen() {
        return !isClosed() && state != State.PUBLISHED;
    }

    static DraftShown of(LibraryDraft draft, State state, Times times) {
        return new DraftShown(
                draft.version().counter(),
                draft.version().sha256(),
                draft.title(),
                state,
                Sign.of(state),
                Line.of(draft.sent(), times),
                draft.steps().stream().map(step -> Line.of(step, times)).toList(),
                ReleaseDownloads.named("draft", draft.version(), "json"));
    }

    /** In a sentence. */
    static String word(State state) {
        return switch (state) {
            case IN_REVIEW -> "in review";
            case APPROVED -> "approved already";
            case SIGNED -> "signed by two people already";
            case CLOSED -> "closed";
            case OVERTAKEN -> "overtaken by another release";
            case PUBLISHED -> "published already";
        };
    }
}
