package io.venule.signing;

import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.Jws.RefusalKind;
import io.venule.signing.Jws.Verification;
import java.time.Duration;
import java.time.Instant;

/**
 * The root's word that a key may sign one kind of thing, in one scope, from one instant to another (both inside).
 * The scope is a ward, or {@code *} for all. Source: docs/pump-contract.md, "Keys".
 */
public record KeyCertificate(VerifyingKey key, KeyRole role, String scope, Instant notBefore, Instant notAfter) {
    /** The {@code typ} of a certificate's signed text. */
    public static final String TYP = "key-certificate+jws";
    /** The scope that covers each ward. */
    public static final String EVERY_SCOPE = "*";
    /** An order key lives a day, and a little for clocks that are off; no reader takes one that lives longer. T-41. */
    public static final Duration ORDER_AT_MOST = Duration.ofHours(25);

    private static final int MAX_SCOPE = 64;

    public KeyCertificate {
        if (role == KeyRole.ROOT) {
            throw new IllegalArgumentException("a root key has no certificate");
        }
        if (scope.isEmpty() || scope.length() > MAX_SCOPE) {
            throw new IllegalArgumentException("a scope has 1 to 64 characters");
        }
        if (notAfter.isBefore(notBefore)) {
            throw new IllegalArgumentException("a certificate cannot end before it begins");
        }
        if (livesTooLong(role, notBefore, notAfter)) {
            throw new IllegalArgumentException("an order key lives no longer than " + ORDER_AT_MOST.toHours() + " h");
        }
    }

    private static boolean livesTooLong(KeyRole role, Instant notBefore, Instant notAfter) {
        return role == KeyRole.ORDER && Duration.between(notBefore, notAfter).compareTo(ORDER_AT_MOST) > 0;
    }

    /** What the root said, or why it is not the root's word. */
    public sealed interface Checked {
        record Certified(KeyCertificate certificate) implements Checked {}

        record Refused(RefusalKind kind, String reason) implements Checked {}
    }

    public KeyId id() {
        return key.id();
    }

    /** Whether the key may sign something for this scope. */
    public boolean covers(String wantedScope) {
        return scope.equals(EVERY_SCOPE) || scope.equals(wantedScope);
    }

    public boolean isValidAt(Instant at) {
        return !at.isBefore(notBefore) && !at.isAfter(notAfter);
    }

    /** The certificate as the root's signed text. */
    public String signedBy(SigningKey root) {
        return Jws.sign(
                TYP,
                Json.object()
                        .put("key", key.base64url())
                        .put("kid", key.id())
                        .put("notAfter", notAfter.toEpochMilli())
                        .put("notBefore", notBefore.toEpochMilli())
                        .put("role", role.name())
                        .put("scope", scope)
                        .put("ver", 1)
                        .build(),
                root);
    }

    /** Reads a certificate and believes it only if this root signed it. Its lifetime is asked for later, by use. */
    public static Checked check(String compact, VerifyingKey root) {
        return switch (Jws.verify(compact, TYP, root)) {
            case Verification.Refused(var kind, var reason) -> new Checked.Refused(kind, reason);
            case Verification.Verified verified ->
                switch (JsonMembers.readCanonical(verified.payload(), Jws.MAX_LENGTH, KeyCertificate::read)) {
                    case Reading.Ok<KeyCertificate>(var certificate) -> new Checked.Certified(certificate);
                    case Reading.Refused<KeyCertificate> refused ->
                        new Checked.Refused(RefusalKind.MALFORMED, refused.text());
                };
        };
    }

    private static KeyCertificate read(JsonMembers members) {
        members.exactly("ver", 1);
        var key = members.parsed("key", "a public key in base64url", VerifyingKey::parse);
        if (!members.keyId("kid").equals(key.id())) {
            throw members.refusal("kid", "is not this key's id");
        }
        var role = members.choice("role", KeyRole.class);
        if (role == KeyRole.ROOT) {
            throw members.refusal("role", "a root key has no certificate");
        }
        var scope = members.text("scope", MAX_SCOPE);
        var notBefore = members.instant("notBefore");
        var notAfter = members.instant("notAfter");
        if (notAfter.isBefore(notBefore)) {
            throw members.refusal("notAfter", "is before notBefore");
        }
        if (livesTooLong(role, notBefore, notAfter)) {
            throw members.refusal("notAfter", "is too late for an order key");
        }
        return new KeyCertificate(key, role, scope, notBefore, notAfter);
    }
}
