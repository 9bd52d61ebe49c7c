package io.venule;

import io.venule.release.LibraryReading;
import io.venule.release.LibraryText;
import io.venule.release.Release;
import io.venule.release.ReleaseFiles;
import io.venule.release.ReleaseSignatures;
import io.venule.signing.KeyFiles;
import io.venule.signing.Revocations;
import io.venule.staff.SubjectId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The library release with two people's signatures, verified at start. An installation lays them beside its keys as {@code release-1.jws} and
 * {@code release-2.jws}; in training mode two made-up pharmacists sign where none lie there, and clinical mode refuses to start
 * without, and with a library that is not for clinical use.
 */
record ReleaseApproval(List<String> signatures, List<String> signers) {
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

    static ReleaseApproval of(Release release, VenuleSettings settings, Revocations revoked, InstantSource clock) {
        var now = clock.instant();
        var signatures = signatures(release, settings, now);
        var ring = ReleaseFiles.ring(settings.keys().directory(), revoked);
        return switch (ReleaseSignatures.check(release, signatures, ring, now)) {
            case ReleaseSignatures.Verdict.Approved(var signers) ->
                new ReleaseApproval(
                        signatures, signers.stream().map(SubjectId::value).toList());
            case ReleaseSignatures.Verdict.NotApproved(var reasons) ->
                throw new StartRefused(reasons.stream()
                        .map(reason -> "Drug library, " + release + ": not approved, " + reason)
                        .toList());
        };
    }

    private static List<String> signatures(Release release, VenuleSettings settings, Instant now) {
        var keys = settings.keys().directory();
        return switch (settings.mode()) {
            case CLINICAL -> clinical(release, keys);
            case TRAINING ->
                ReleaseFiles.signatures(keys)
                        .orElseGet(() -> List.of(
                                sign(release, "training-pharmacist-1", now, keys.resolve("library-1.key")),
                                sign(release, "training-pharmacist-2", now, keys.resolve("library-2.key"))));
        };
    }

    /** An example is no library for patients, whoever signed it. */
    private static List<String> clinical(Release release, Path keys) {
        if (!release.use().equals(ReleaseFiles.CLINICAL_USE)) {
            throw new StartRefused(List.of("Clinical mode: library.json says that the drug library is for \""
                    + release.use() + "\"; it must say \"" + ReleaseFiles.CLINICAL_USE + "\""));
        }
        return ReleaseFiles.signatures(keys)
                .orElseThrow(
                        () -> new StartRefused(List.of("Clinical mode: release-1.jws and release-2.jws are missing in "
                                + keys + "; two pharmacists sign the drug library with ops/library sign")));
    }

    private static String sign(Release release, String signer, Instant now, Path key) {
        return ReleaseSignatures.sign(release, new SubjectId(signer), now, KeyFiles.signingKey(key));
    }
}
