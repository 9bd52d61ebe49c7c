package io.venule.release;

import io.venule.audit.AuditEntry;
import io.venule.release.LibraryDraft.Objection;
import io.venule.release.LibraryDraft.Step;
import io.venule.release.LibraryReleases.Signed;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The durable record of drafts. Each method is one transaction; nothing is ever removed from it. */
public interface LibraryDrafts {
    /** Drafts that are in review or approved at a time; who has more closes some first. */
    int MOST_OPEN = 20;

    /** What came of a step. */
    sealed interface Outcome {
        /** It is on record, with its entry. */
        record Made(LibraryDraft draft) implements Outcome {}

        /** Nothing was written, and nothing entered. */
        record Refused(LibraryDraft draft, Objection why) implements Outcome {}

        /** There are {@link #MOST_OPEN} open drafts; nothing was written. */
        record Full() implements Outcome {}
    }

    /** Keeps a draft with its first step, or with one more where it was closed or overtaken. Refused where it is open, or was published. */
    Outcome send(Release draft, Step sent, AuditEntry entry);

    /** Keeps what was said to it; the entry is asked for with the draft. Empty where there is none of this hash. */
    Optional<Outcome> say(String sha256, Step step, Function<LibraryDraft, AuditEntry> entry);

    /**
     * Makes it the active release, together with its last step and the entries. Refused where another release than the step names is the one that was activated last, by whichever server. Empty where there is no draft of
     * this hash.
     */
    Optional<Outcome> publish(Signed release, Step published, List<AuditEntry> entries);

    /** Those that are not closed, and then those that are; of each kind those with the latest word first. */
    List<LibraryDraft> newest(int atMost);

    Optional<LibraryDraft> find(String sha256);

    /** Its exact bytes. */
    Optional<ReleaseBytes> bytes(String sha256);
}
