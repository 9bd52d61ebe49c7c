package io.venule;

import io.venule.VenuleSettings.Mode;
import io.venule.druglibrary.LibraryVersion;
import io.venule.release.LibraryReading;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.LibraryText;
import io.venule.release.Release;
import io.venule.release.ReleaseFiles;
import io.venule.release.ReleaseSignatures;
import io.venule.release.ReleaseTerms;
import io.venule.signing.KeyFiles;
import io.venule.signing.Revocations;
import io.venule.staff.SubjectId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * The library release with two people's signatures, verified at start. An installation lays them beside its keys as {@code release-1.jws} and
 * {@code release-2.jws}; in training mode two made-up pharmacists sign where none lie there, and clinical mode refuses to start
 * without, and with a library that is not for clinical use.
 */
final class ReleaseApproval {
    private ReleaseApproval() {}

    static Release load(VenuleSettings settings) {
        return switch (read(settings.library().directory())) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) ->
                throw new StartRefused(faults.stream()
                        .map(fault -> "Drug library: " + fault.sentence())
                        .toList());
        };
    }

    private static LibraryReading read(Path place) {
        try {
            return LibraryText.readAny(place);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(List.of("Drug library: " + e.getMessage()));
        }
    }

    /** What the server starts on, unless a higher one was published since. */
    static Signed of(Release release, VenuleSettings settings, ReleaseTerms terms) {
        if (!terms.isForHere(release)) {
            throw new StartRefused(List.of("Drug library: " + ReleaseTerms.objectionToUse(release)));
        }
        var signatures = signatures(release, settings, terms.clock().instant());
        return switch (terms.judge(release, signatures)) {
            case ReleaseSignatures.Verdict.Approved(var signers) ->
                new Signed(
                        release,
                        signatures,
                        signers.stream().map(SubjectId::value).toList());
            case ReleaseSignatures.Verdict.NotApproved(var reasons) -> throw refused(release.version(), reasons);
        };
    }

    /** No start with less than what the installation had published: its pumps hold that one, and take no lower counter. */
    static StartRefused refused(LibraryVersion release, List<String> reasons) {
        return new StartRefused(reasons.stream()
                .map(reason -> "Drug library, library release " + release.counter() + " " + release.sha256()
                        + ": not approved, " + reason)
                .toList());
    }

    static ReleaseTerms terms(VenuleSettings settings, Supplier<Revocations> revoked, InstantSource clock) {
        var ring = ReleaseFiles.ring(settings.keys().directory(), Revocations.NONE);
        return new ReleaseTerms(settings.mode() == Mode.CLINICAL, () -> ring.under(revoked.get()), clock);
    }

    private static List<String> signatures(Release release, VenuleSettings settings, Instant now) {
        var keys = settings.keys().directory();
        return switch (settings.mode()) {
            case CLINICAL -> clinical(keys);
            case TRAINING ->
                ReleaseFiles.signatures(keys)
                        .orElseGet(() -> List.of(
                                sign(release, "training-pharmacist-1", now, keys.resolve("library-1.key")),
                                sign(release, "training-pharmacist-2", now, keys.resolve("library-2.key"))));
        };
    }

    private static List<String> clinical(Path keys) {
        return ReleaseFiles.signatures(keys)
                .orElseThrow(
                        () -> new StartRefused(List.of("Clinical mode: release-1.jws and release-2.jws are missing in "
                                + keys + "; two pharmacists sign the drug library with ops/library sign")));
    }

    private static String sign(Release release, String signer, Instant now, Path key) {
        return ReleaseSignatures.sign(release, new SubjectId(signer), now, KeyFiles.signingKey(key));
    }
}
