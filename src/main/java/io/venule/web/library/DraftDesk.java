package io.venule.web.library;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.druglibrary.LibraryVersion;
import io.venule.release.ActiveRelease;
import io.venule.release.DraftFile;
import io.venule.release.LibraryDraft;
import io.venule.release.LibraryDraft.Objection;
import io.venule.release.LibraryDraft.Said;
import io.venule.release.LibraryDraft.State;
import io.venule.release.LibraryDraft.Step;
import io.venule.release.LibraryDrafts;
import io.venule.release.LibraryDrafts.Outcome;
import io.venule.release.LibraryFault;
import io.venule.release.LibraryReading;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.Release;
import io.venule.release.ReleaseSignatures.Verdict;
import io.venule.release.ReleaseTerms;
import io.venule.signing.Digest;
import io.venule.signing.Jws;
import io.venule.staff.SubjectId;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import io.venule.web.Refused;
import io.venule.web.Staff;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes drafts of the drug library and what people say to them, to the last word: that servers work with it. None does before two people signed it. */
@Singleton
class DraftDesk {
    private final ActiveRelease active;
    private final ReleaseTerms terms;
    private final LibraryDrafts drafts;
    private final Quantities members;
    private final Problems problems;
    private final Staff staff;
    private final InstantSource clock;

    DraftDesk(
            ActiveRelease active,
            ReleaseTerms terms,
            LibraryDrafts drafts,
            Quantities members,
            Problems problems,
            Staff staff,
            InstantSource clock) {
        this.active = active;
        this.terms = terms;
        this.drafts = drafts;
        this.members = members;
        this.problems = problems;
        this.staff = staff;
        this.clock = clock;
    }

    /** What came of a file. */
    sealed interface Received {
        /** @param isNew whether it was not in review before */
        record Kept(LibraryDraft draft, boolean isNew) implements Received {}

        /** Every fault of it; nothing was kept. */
        record Faulty(List<LibraryFault> faults) implements Received {}
    }

    List<LibraryDraft> newest(int atMost) {
        return drafts.newest(atMost);
    }

    State state(LibraryDraft draft) {
        return draft.state(active.version().sha256());
    }

    LibraryDraft draft(String sha256) {
        return drafts.find(hash(sha256)).orElseThrow(this::unknown);
    }

    /** The draft itself; a typed problem where this version of Venule knows its shape no more. */
    Release release(String sha256) {
        return switch (drafts.bytes(hash(sha256)).orElseThrow(this::unknown).read()) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw problems.faultyLibrary(faults);
        };
    }

    Release active() {
        return active.release();
    }

    /** Keeps what was sent, so that somebody else looks at it; once, however often it is sent. */
    Received send(byte[] sent) {
        return switch (DraftFile.read(active.release(), sent)) {
            case LibraryReading.Refused(var faults) -> new Received.Faulty(faults);
            case LibraryReading.Loaded(var draft) ->
                objectionTo(draft)
                        .<Received>map(fault -> new Received.Faulty(List.of(fault)))
                        .orElseGet(() -> kept(draft));
        };
    }

    private Optional<LibraryFault> objectionTo(Release draft) {
        if (draft.version().counter() <= active.version().counter()) {
            return Optional.of(tooLow(draft));
        }
        return terms.isForHere(draft) ? Optional.empty() : Optional.of(notForHere(draft));
    }

    private static LibraryFault notForHere(Release draft) {
        return new LibraryFault(
                "library.json",
                "",
                "use",
                ReleaseTerms.objectionToUse(draft),
                "Say so there if it is meant for patients");
    }

    private LibraryFault tooLow(Release draft) {
        return new LibraryFault(
                "library.json",
                "",
                "counter",
                "counter " + draft.version().counter() + " is not above "
                        + active.version().counter() + ", that of the active release",
                "Raise it: pumps take no lower counter");
    }

    private Received kept(Release draft) {
        var step = step(new Said.Sent());
        var entry = entry(step, draft.version());
        return switch (drafts.send(draft, step, entry)) {
            case Outcome.Made(var kept) -> new Received.Kept(kept, true);
            case Outcome.Refused(var stands, var _)
            when state(stands) != State.PUBLISHED -> new Received.Kept(stands, false);
            case Outcome.Refused(var published, var why) -> throw refused(published, step, why);
            case Outcome.Full() ->
                throw problems.refuse(
                        ProblemType.TOO_MANY,
                        "There are " + LibraryDrafts.MOST_OPEN + " open drafts. Nothing was kept.",
                        "Close those that nobody needs, then send it again.");
        };
    }

    /** Somebody who did not send it found it as it should be. */
    LibraryDraft approve(String sha256) {
        return say(sha256, new Said.Approved());
    }

    /** It is not to be published as it is. */
    LibraryDraft close(String sha256, @Nullable String reason) {
        var why = members.exactly("reason", () -> LibraryDraft.Reason.valueOf(members.text("reason", reason)));
        return say(sha256, new Said.Closed(why));
    }

    /** By their own key, away from this server; whoever hands it in is whoever signed. */
    LibraryDraft sign(String sha256, @Nullable String signature) {
        var text = members.text("signature", signature).strip();
        var draft = draft(sha256);
        var said = new Said.Signed(text);
        if (draft.objectionTo(step(said)).isEmpty()) {
            var reasons = text.length() > Jws.MAX_LENGTH
                    ? List.of("it is longer than " + Jws.MAX_LENGTH + " characters")
                    : terms.reasonsAgainst(
                            release(sha256),
                            draft.signatures(),
                            text,
                            staff.signedIn().id());
            if (!reasons.isEmpty()) {
                throw problems.refuse(
                        ProblemType.SIGNATURE_REFUSED, "Nothing was kept: " + String.join("; ", reasons) + ".");
            }
        }
        return say(sha256, said);
    }

    /** From now on every server works with it, and brings it to its pumps. */
    LibraryDraft publish(String sha256) {
        var draft = draft(sha256);
        var step = step(new Said.Published());
        var objection = draft.objectionTo(step);
        if (objection.isPresent()) {
            throw refused(draft, step, objection.get());
        }
        var release = release(sha256);
        return switch (terms.judge(release, draft.signatures())) {
            case Verdict.NotApproved(var reasons) ->
                throw problems.refuse(
                        ProblemType.SIGNATURE_REFUSED,
                        "Nothing was published: " + String.join("; ", reasons) + ".",
                        "Close the draft, send it again, and have it signed with keys that count now.");
            case Verdict.Approved(var signers) ->
                published(
                        step,
                        new Signed(
                                release,
                                draft.signatures(),
                                signers.stream().map(SubjectId::value).toList()));
        };
    }

    private LibraryDraft published(Step step, Signed release) {
        var version = release.release().version();
        var entries = List.of(
                entry(step, version).with("signers", release.signers()),
                terms.activated(release, active.version().counter(), step.at()));
        var draft = outcome(step, drafts.publish(release, step, entries).orElseThrow(this::unknown));
        active.refresh();
        return draft;
    }

    private LibraryDraft say(String sha256, Said said) {
        var step = step(said);
        return outcome(
                step,
                drafts.say(hash(sha256), step, draft -> entry(step, draft.version()))
                        .orElseThrow(this::unknown));
    }

    private LibraryDraft outcome(Step step, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Made(var draft) -> draft;
            case Outcome.Refused(var draft, var _) when isSaidAlready(draft, step) -> draft;
            case Outcome.Refused(var draft, var why) -> throw refused(draft, step, why);
            case Outcome.Full() -> throw new IllegalStateException("what is there already takes no room");
        };
    }

    private static boolean isSaidAlready(LibraryDraft draft, Step step) {
        var last = draft.steps().getLast();
        return last.said().equals(step.said())
                && last.who().equals(step.who())
                && last.base().equals(step.base());
    }

    private Refused refused(LibraryDraft draft, Step step, Objection why) {
        return switch (why) {
            case OWN -> problems.refuse(ProblemType.OWN_DRAFT, "");
            case OVERTAKEN ->
                problems.refuse(
                        ProblemType.DRAFT_ENDED,
                        "Release " + active.version().counter()
                                + " became the active one after this draft was compared.",
                        "Send it again, with a counter above "
                                + active.version().counter() + ", and compare it with what is active now.");
            case EARLY ->
                problems.refuse(
                        ProblemType.DRAFT_ENDED,
                        step.said() instanceof Said.Signed
                                ? "Nobody approved this draft yet."
                                : "Two people must have signed this draft first.",
                        "Open the draft again and see what comes next.");
            case TWICE ->
                problems.refuse(
                        ProblemType.DRAFT_ENDED, "You signed this draft already.", "Another person signs it, too.");
            case ENDED ->
                problems.refuse(ProblemType.DRAFT_ENDED, "This draft is " + DraftShown.word(state(draft)) + ".");
        };
    }

    private Step step(Said said) {
        var person = staff.signedIn();
        return new Step(said, person.id(), person.name(), active.version().sha256(), clock.instant());
    }

    private AuditEntry entry(Step step, LibraryVersion draft) {
        var kind = switch (step.said()) {
            case Said.Sent _ -> AuditKind.LIBRARY_DRAFTED;
            case Said.Approved _ -> AuditKind.LIBRARY_DRAFT_APPROVED;
            case Said.Signed _ -> AuditKind.LIBRARY_DRAFT_SIGNED;
            case Said.Published _ -> AuditKind.LIBRARY_RELEASED;
            case Said.Closed _ -> AuditKind.LIBRARY_DRAFT_CLOSED;
        };
        var entry = staff.does(kind, step.at())
                .under(active.version().counter(), new Digest(active.version().sha256()))
                .with("counter", draft.counter())
                .with("sha256", new Digest(draft.sha256()));
        return step.said() instanceof Said.Closed(var reason) ? entry.with("reason", reason.name()) : entry;
    }

    private String hash(String sha256) {
        return Digest.parse(sha256).map(Digest::hex).orElseThrow(this::unknown);
    }

    private Refused unknown() {
        return problems.refuse(ProblemType.NOT_FOUND, "No draft with this hash was ever sent.");
    }
}
