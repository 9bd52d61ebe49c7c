package io.venule.release;

import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryVersion;
import io.venule.release.LibraryReleases.Activation;
import io.venule.release.LibraryReleases.Kept;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.ReleaseSignatures.Verdict;
import io.venule.staff.SubjectId;
import java.util.List;
import java.util.Optional;

/**
 * The release of the drug library that is the active one on this server, and how another becomes it: what two people signed and was published on any server of the installation is taken over while all of them run. Never a
 * lower counter, for no pump takes one, and nothing that does not meet the {@link ReleaseTerms} at that moment, whoever wrote it into the record. May be asked from any thread. Source: docs/drug-library.md,
 * "Publishing a release".
 */
public final class ActiveRelease {
    private final LibraryReleases record;
    private final ReleaseTerms terms;
    private volatile Signed active;
    private volatile Optional<Look.NotBelieved> notBelieved = Optional.empty();

    /** @param start what the server starts on, judged already */
    public ActiveRelease(Signed start, LibraryReleases record, ReleaseTerms terms) {
        this.active = start;
        this.record = record;
        this.terms = terms;
    }

    /** What a look at the record came to. */
    public sealed interface Look {
        /** Nothing higher was published. */
        record Same() implements Look {}

        /** This one is the active one from now on. */
        record TakenOver(LibraryVersion version) implements Look {}

        /** A higher one was published and is not believed here; the one before goes on to count. Why, for people. */
        record NotBelieved(LibraryVersion version, List<String> reasons) implements Look {
            public NotBelieved {
                reasons = List.copyOf(reasons);
            }
        }
    }

    public Signed signed() {
        return active;
    }

    public Release release() {
        return active.release();
    }

    public DrugLibrary library() {
        return active.release().library();
    }

    public LibraryVersion version() {
        return active.release().version();
    }

    /** What was published last and is not believed here, as of the last look; empty where there is no such thing. */
    public Optional<Look.NotBelieved> notBelieved() {
        return notBelieved;
    }

    /** Looks whether a higher release was published, and works with it from then on if it is believed. */
    public synchronized Look refresh() {
        var look = look();
        notBelieved = look instanceof Look.NotBelieved not ? Optional.of(not) : Optional.empty();
        return look;
    }

    private Look look() {
        return record.activations(Long.MAX_VALUE, 1).stream()
                .findFirst()
                .map(Activation::version)
                .filter(newest -> newest.counter() > version().counter())
                .flatMap(newest -> record.kept(newest.sha256()))
                .map(this::judged)
                .orElseGet(Look.Same::new);
    }

    private Look judged(Kept kept) {
        return switch (kept.bytes().read()) {
            case LibraryReading.Refused(var faults) ->
                new Look.NotBelieved(
                        kept.version(),
                        faults.stream().map(LibraryFault::sentence).toList());
            case LibraryReading.Loaded(var release) ->
                switch (terms.judge(release, kept.signatures())) {
                    case Verdict.NotApproved(var reasons) -> new Look.NotBelieved(kept.version(), reasons);
                    case Verdict.Approved(var signers) -> {
                        active = new Signed(
                                release,
                                kept.signatures(),
                                signers.stream().map(SubjectId::value).toList());
                        yield new Look.TakenOver(release.version());
                    }
                };
        };
    }
}
