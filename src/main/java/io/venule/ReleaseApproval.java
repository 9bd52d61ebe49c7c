package io.venule;

import io.venule.release.LibraryReading;
import io.venule.release.LibraryText;
import io.venule.release.Release;
import io.venule.release.ReleaseSignatures;
import io.venule.signing.KeyFiles;
import io.venule.signing.Keyring;
import io.venule.signing.Revocations;
import io.venule.staff.SubjectId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The library release with two people's signatures, verified at start. An installation lays them beside its keys as {@code release-1.jws} and
 * {@code release-2.jws}; in training mode two made-up pharmacists sign where none lie there, and clinical mode refuses to start without.
 */
record ReleaseApproval(List<String> signatures, List<String> signers) {
    private static final List<String> CERTIFIED = List.of("library-1.jws", "library-2.jws", "checkpoint.jws");

    static Release load(VenuleSettings settings) {
        return switch (LibraryText.read(settings.library().directory())) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) ->
                throw new IllegalStateException("the drug library cannot be used: " + faults);
        };
    }

    static ReleaseApproval of(Release release, VenuleSettings settings, Revocations revoked, InstantSource clock) {
        var keys = settings.keys().directory();
        var now = clock.instant();
        var signatures = signatures(release, settings, now);
        var ring = Keyring.of(
                        KeyFiles.verifyingKey(keys.resolve("root.pub")),
                        List.of(
                                KeyFiles.certificate(keys.resolve("library-1.jws")),
                                KeyFiles.certificate(keys.resolve("library-2.jws"))))
                .under(revoked);
        return switch (ReleaseSignatures.check(release, signatures, ring, now)) {
            case ReleaseSignatures.Verdict.Approved(var signers) ->
                new ReleaseApproval(
                        signatures, signers.stream().map(SubjectId::value).toList());
            case ReleaseSignatures.Verdict.NotApproved(var reasons) ->
                throw new IllegalStateException("the drug library release is not approved: " + reasons);
        };
    }

    /** Of the keys that live long; those of orders change each day. */
    List<String> certificates(Path keys) {
        return CERTIFIED.stream()
                .map(keys::resolve)
                .filter(Files::exists)
                .map(KeyFiles::certificate)
                .toList();
    }

    private static List<String> signatures(Release release, VenuleSettings settings, Instant now) {
        var keys = settings.keys().directory();
        var files =
                Stream.of("release-1.jws", "release-2.jws").map(keys::resolve).toList();
        if (files.stream().allMatch(Files::exists)) {
            return files.stream().map(KeyFiles::certificate).toList();
        }
        return switch (settings.mode()) {
            case CLINICAL ->
                throw new IllegalStateException("release-1.jws and release-2.jws are missing beside the keys");
            case TRAINING ->
                List.of(
                        sign(release, "training-pharmacist-1", now, keys.resolve("library-1.key")),
                        sign(release, "training-pharmacist-2", now, keys.resolve("library-2.key")));
        };
    }

    private static String sign(Release release, String signer, Instant now, Path key) {
        return ReleaseSignatures.sign(release, new SubjectId(signer), now, KeyFiles.signingKey(key));
    }
}
