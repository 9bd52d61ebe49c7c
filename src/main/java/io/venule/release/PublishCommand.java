package io.venule.release;

import io.venule.signing.Json;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyFiles;
import io.venule.signing.Keyring;
import io.venule.signing.OrderKeys;
import io.venule.signing.SigningKey;
import io.venule.staff.SubjectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** From a reviewed library to an approved release. Overwrites nothing. Source: docs/drug-library.md, "Publishing a release"; DESIGN, invariant 7. */
final class PublishCommand {
    private static final String KEY = ".key";

    private final CommandOutput out;
    private final InstantSource clock;

    PublishCommand(CommandOutput out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Signs what was reviewed, and nothing that was changed since; writes no signature that a server would refuse. */
    int sign(Release release, CommandWords asked) {
        var reviewed = asked.option("--release");
        if (!release.version().sha256().equals(reviewed)) {
            return out.refuse(
                    "Not signed: this library is " + DiffText.named(release.version()) + ", and you name " + reviewed
                            + ". Compare it again before you sign.",
                    List.of());
        }
        var file = Path.of(asked.option("--key"));
        if (!file.toString().endsWith(KEY)) {
            throw new IllegalArgumentException(
                    "The key's file ends in .key, and its certificate lies beside it: " + file);
        }
        var key = KeyFiles.signingKey(file);
        var person = new SubjectId(asked.option("--as"));
        var signature = ReleaseSignatures.sign(release, person, clock.instant(), key);
        var reasons = ReleaseSignatures.reasonsAgainst(release, signature, person, ring(file), clock.instant());
        if (!reasons.isEmpty()) {
            return out.refuse("Not signed: no server and no pump would believe this key.", reasons);
        }
        return keep((signature + "\n").getBytes(StandardCharsets.US_ASCII), Path.of(asked.option("--into")))
                .map(taken -> out.refuse("Not signed: " + taken + " exists and is not overwritten.", List.of()))
                .orElseGet(() -> signed(release, person, key));
    }

    /** The exact bytes that are signed and that pumps get, in one file. */
    int release(Release release, CommandWords asked) {
        var file = Path.of(asked.option("--into"));
        return keep(release.canonicalBytes(), file)
                .map(taken -> out.refuse("Not written: " + taken + " exists and is not overwritten.", List.of()))
                .orElseGet(() -> {
                    out.tell(
                            named(release).put("file", file.toString()).build(),
                            List.of("WRITTEN: " + DiffText.named(release.version()) + ", its exact bytes, into " + file
                                    + "."));
                    return LibraryCommand.GOOD;
                });
    }

    /** The key's own certificate, by the root that lies beside both. */
    private static Keyring ring(Path key) {
        var name = key.getFileName().toString();
        var certificate = key.resolveSibling(name.substring(0, name.length() - KEY.length()) + ".jws");
        return Keyring.of(
                KeyFiles.verifyingKey(key.resolveSibling(ReleaseFiles.ROOT)),
                List.of(KeyFiles.certificate(certificate)));
    }

    /** The file, where something lies there already. */
    static Optional<Path> keep(byte[] content, Path file) {
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return Optional.empty();
        } catch (FileAlreadyExistsException e) {
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The file cannot be written: " + file, e);
        }
    }

    private int signed(Release release, SubjectId person, SigningKey key) {
        out.tell(
                named(release)
                        .put("key", key.id().hex())
                        .put("signer", person.value())
                        .build(),
                List.of(
                        "It says of itself: " + release.use()
                                + ". A server needs the signature of another person with another key, too.",
                        "SIGNED: " + DiffText.named(release.version()) + ", by " + person.value() + " with key "
                                + key.id() + "."));
        return LibraryCommand.GOOD;
    }

    /** What a start of the server would say. */
    int approval(Release release, Path keys) {
        if (!Files.isDirectory(keys)) {
            throw new IllegalArgumentException("No such folder: " + keys);
        }
        var signatures = ReleaseFiles.signatures(keys);
        if (signatures.isEmpty()) {
            return out.refuse(
                    "NOT APPROVED: " + DiffText.named(release.version()) + ".",
                    List.of("both of " + String.join(" and ", ReleaseFiles.SIGNATURES) + " must lie in " + keys));
        }
        var root = KeyFiles.verifyingKey(keys.resolve(ReleaseFiles.ROOT));
        var ring = ReleaseFiles.ring(keys, OrderKeys.revokedIn(keys.resolve(OrderKeys.FOLDER), root));
        return switch (ReleaseSignatures.check(release, signatures.get(), ring, clock.instant())) {
            case ReleaseSignatures.Verdict.NotApproved(var reasons) ->
                out.refuse("NOT APPROVED: " + DiffText.named(release.version()) + ".", reasons);
            case ReleaseSignatures.Verdict.Approved(var signers) ->
                approved(release, signers.stream().map(SubjectId::value).toList(), until(ring));
        };
    }

    /** When the first of the keys ends; from then on it is no longer believed. */
    private static Instant until(Keyring ring) {
        return ring.certificates().stream()
                .map(KeyCertificate::notAfter)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private int approved(Release release, List<String> signers, Instant until) {
        out.tell(
                named(release)
                        .put("signers", Json.texts(signers))
                        .put("until", until.toString())
                        .build(),
                List.of(
                        release.use().equals(ReleaseFiles.CLINICAL_USE)
                                ? "It is for clinical use."
                                : "In training only: clinical mode does not start on a library whose use is \""
                                        + release.use() + "\".",
                        "A server can start on it until " + until
                                + "; before then its keys are renewed with ops/make-keys.",
                        "APPROVED: " + DiffText.named(release.version()) + ", by " + String.join(" and ", signers)
                                + "."));
        return LibraryCommand.GOOD;
    }

    /** One counter names one release, and pumps take no lower one. */
    int again(Release release, CommandWords asked) {
        var counter = asked.option("--counter");
        if (!counter.matches("[1-9][0-9]{0,8}")
                || Long.parseLong(counter) <= release.version().counter()) {
            return out.refuse(
                    "Not written: the counter must be a whole number above "
                            + release.version().counter() + ", and above that of the active release.",
                    List.of());
        }
        var folder = Path.of(asked.place(1));
        if (Files.exists(folder)) {
            return out.refuse("Not written: " + folder + " exists and is not overwritten.", List.of());
        }
        var written = ReleaseFolder.write(release, Long.parseLong(counter), folder);
        out.tell(
                named(written).put("of", DiffText.json(release.version())).build(),
                List.of("WRITTEN: " + DiffText.named(written.version()) + ", which permits and means what "
                        + DiffText.named(release.version()) + " does. Two people sign it as any other."));
        return LibraryCommand.GOOD;
    }

    static Json.ObjectBuilder named(Release release) {
        return Json.object().put("release", DiffText.json(release.version())).put("use", release.use());
    }
}
