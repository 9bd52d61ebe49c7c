package io.venule.release;

import io.venule.signing.Json;
import io.venule.signing.JsonMembers;
import io.venule.signing.Jws;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyId;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import io.venule.signing.SigningKey;
import io.venule.staff.SubjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Release signatures: two people with two keys say that exactly these bytes are the library.
 * Source: docs/pump-contract.md, "Library"; DESIGN, invariant 7.
 */
public final class ReleaseSignatures {
    /** The {@code typ} of a release signature. */
    public static final String TYP = "library-release+jws";

    /** People, each with a key of their own. */
    static final int NEEDED = 2;

    private static final int MAX_SIGNATURES = 16;

    private ReleaseSignatures() {}

    /** Whether a release may be used. */
    public sealed interface Verdict {
        /** By at least two people with different keys. */
        record Approved(List<SubjectId> signers) implements Verdict {
            public Approved {
                signers = List.copyOf(signers);
            }
        }

        /** Why not, for people. */
        record NotApproved(List<String> reasons) implements Verdict {
            public NotApproved {
                reasons = List.copyOf(reasons);
            }
        }
    }

    private record Statement(long counter, String sha256, String signer, long signedAt, long size) {}

    private record Signature(KeyId key, String signer) {}

    /** One person's signature over a release. */
    public static String sign(Release release, SubjectId signer, Instant at, SigningKey key) {
        return Jws.sign(
                TYP,
                Json.object()
                        .put("counter", release.version().counter())
                        .put("sha256", release.version().sha256())
                        .put("signedAt", at.toEpochMilli())
                        .put("signer", signer.value())
                        .put("size", release.size())
                        .put("ver", 1)
                        .build(),
                key);
    }

    /** Why one person's signature does not count; none where it does. */
    static List<String> reasonsAgainst(
            Release release, String compact, SubjectId signer, Keyring keyring, Instant now) {
        var reasons = new ArrayList<String>();
        var good = new ArrayList<Signature>();
        read(release, compact, keyring, now, good, reasons);
        good.stream()
                .map(Signature::signer)
                .filter(named -> !named.equals(signer.value()))
                .map(named -> "it was made as " + named + ", not as " + signer.value())
                .forEach(reasons::add);
        return List.copyOf(reasons);
    }

    /**
     * Checks signatures over a release. Each must be by a library-release key of the ring that is valid now; one that is not makes the whole
     * a refusal, even beside two good ones.
     */
    public static Verdict check(Release release, List<String> signatures, Keyring keyring, Instant now) {
        if (signatures.size() > MAX_SIGNATURES) {
            return new Verdict.NotApproved(List.of("more than " + MAX_SIGNATURES + " signatures"));
        }
        var reasons = new ArrayList<String>();
        var good = new ArrayList<Signature>();
        signatures.forEach(compact -> read(release, compact, keyring, now, good, reasons));
        var signers = new HashSet<>(good.stream().map(Signature::signer).toList());
        var keys = new HashSet<>(good.stream().map(Signature::key).toList());
        if (signers.size() < NEEDED) {
            reasons.add("two different people must sign; " + signers.size() + " did");
        }
        if (keys.size() < NEEDED) {
            reasons.add("two different keys must sign; " + keys.size() + " did");
        }
        return reasons.isEmpty()
                ? new Verdict.Approved(
                        signers.stream().sorted().map(SubjectId::new).toList())
                : new Verdict.NotApproved(reasons);
    }

    private static void read(
            Release release, String compact, Keyring keyring, Instant now, List<Signature> good, List<String> reasons) {
        var need = new Keyring.Need(KeyRole.LIBRARY_RELEASE, KeyCertificate.EVERY_SCOPE, now);
        switch (Jws.verify(compact, TYP, keyring, need)) {
            case Jws.Verification.Refused refused -> reasons.add(refused.reason());
            case Jws.Verification.Verified verified -> read(release, verified, now, good, reasons);
        }
    }

    private static void read(
            Release release,
            Jws.Verification.Verified verified,
            Instant now,
            List<Signature> good,
            List<String> reasons) {
        var reading = JsonMembers.readCanonical(verified.payload(), Jws.MAX_LENGTH, ReleaseSignatures::statement);
        switch (reading) {
            case JsonMembers.Reading.Refused<Statement> refused -> reasons.add(refused.text());
            case JsonMembers.Reading.Ok<Statement>(var statement) -> {
                if (!isAbout(statement, release)) {
                    reasons.add("key " + verified.key() + " signed another release");
                } else if (statement.signedAt() > now.toEpochMilli()) {
                    reasons.add("key " + verified.key() + " signed in the future");
                } else {
                    good.add(new Signature(verified.key(), statement.signer()));
                }
            }
        }
    }

    private static Statement statement(JsonMembers members) {
        members.exactly("ver", 1);
        var signer = members.text("signer", 128);
        if (signer.isBlank()) {
            throw members.refusal("signer", "names nobody");
        }
        return new Statement(
                members.whole("counter"),
                members.digest("sha256").hex(),
                signer,
                members.whole("signedAt", 0, Json.MAX_WHOLE),
                members.whole("size"));
    }

    private static boolean isAbout(Statement statement, Release release) {
        return statement.counter() == release.version().counter()
                && statement.sha256().equals(release.version().sha256())
                && statement.size() == release.size();
    }
}
