package io.venule.release;

import io.venule.signing.KeyFiles;
import io.venule.signing.Keyring;
import io.venule.signing.Revocations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What approves a release, as files beside an installation's keys: two pharmacists' certificates, {@code library-1.jws} and {@code library-2.jws}, and their two
 * signatures, {@code release-1.jws} and {@code release-2.jws}. A file that cannot be read throws, naming it. Source: docs/keys.md.
 */
public final class ReleaseFiles {
    /** The root's public key. */
    public static final String ROOT = "root.pub";
    /** The certificates of the keys that sign releases. */
    public static final List<String> CERTIFICATES = List.of("library-1.jws", "library-2.jws");
    /** Clinical mode takes a library that says this of itself, and no other. */
    public static final String CLINICAL_USE = "clinical use";

    static final List<String> SIGNATURES = List.of("release-1.jws", "release-2.jws");

    private ReleaseFiles() {}

    /** The two signatures; empty where not both lie there. */
    public static Optional<List<String>> signatures(Path keys) {
        var files = SIGNATURES.stream().map(keys::resolve).toList();
        return files.stream().allMatch(Files::exists)
                ? Optional.of(files.stream().map(KeyFiles::certificate).toList())
                : Optional.empty();
    }

    /** The keys that may sign a release, by the root's word. */
    public static Keyring ring(Path keys, Revocations revoked) {
        return Keyring.of(
                        KeyFiles.verifyingKey(keys.resolve(ROOT)),
                        CERTIFICATES.stream()
                                .map(keys::resolve)
                                .map(KeyFiles::certificate)
                                .toList())
                .under(revoked);
    }
}
