package io.venule.signing;

import io.venule.signing.Jws.RefusalKind;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys that one root vouches for. Holds only certificates that it has verified under its root; a key is handed out only for
 * the role and scope its certificate names, within its lifetime. Unchanging: {@link #with} makes a larger ring.
 */
public final class Keyring {
    /** A pump is small: what it keeps is bounded. */
    public static final int MAX_CERTIFICATES = 256;

    private final VerifyingKey root;
    private final Map<KeyId, Signed> certificates;
    private final Revocations revoked;

    private Keyring(VerifyingKey root, Map<KeyId, Signed> certificates, Revocations revoked) {
        this.root = root;
        this.certificates = Map.copyOf(certificates);
        this.revoked = revoked;
    }

    /** What the root said of a key, and its exact words. */
    private record Signed(KeyCertificate certificate, String text) {}

    /** What a key is wanted for, and when. */
    public record Need(KeyRole role, String scope, Instant at) {}

    /** A key that may do what is needed, or why there is none. */
    public sealed interface Found {
        record Key(KeyCertificate certificate) implements Found {}

        record NotFound(RefusalKind kind, String reason) implements Found {}
    }

    /** The larger ring, or why the certificate was not taken. */
    public sealed interface Trust {
        record Trusted(Keyring keyring, KeyCertificate certificate) implements Trust {}

        record Refused(RefusalKind kind, String reason) implements Trust {}
    }

    /** A ring without keys. */
    public static Keyring under(VerifyingKey root) {
        return new Keyring(root, Map.of(), Revocations.NONE);
    }

    /** A ring of our own certificates, however many; one that the root did not sign is a broken installation and throws. */
    public static Keyring of(VerifyingKey root, Collection<String> signedCertificates) {
        var ring = under(root);
        for (var compact : signedCertificates) {
            ring = switch (ring.with(compact, Integer.MAX_VALUE)) {
                case Trust.Trusted trusted -> trusted.keyring();
                case Trust.Refused refused ->
                    throw new IllegalArgumentException("a key certificate is not the root's word: " + refused.reason());
            };
        }
        return ring;
    }

    /** Takes a certificate that the root signed; a later certificate for the same key replaces the earlier one. */
    public Trust with(String signedCertificate) {
        return with(signedCertificate, MAX_CERTIFICATES);
    }

    private Trust with(String signedCertificate, int most) {
        return switch (KeyCertificate.check(signedCertificate, root)) {
            case KeyCertificate.Checked.Refused(var kind, var reason) -> new Trust.Refused(kind, reason);
            case KeyCertificate.Checked.Certified(var certificate) ->
                take(new Signed(certificate, signedCertificate), most);
        };
    }

    /** Finds the key for this role and scope at this time. */
    public Found find(KeyId kid, KeyRole role, String scope, Instant at) {
        return find(kid, new Need(role, scope, at));
    }

    /** Finds the key for this need. */
    public Found find(KeyId kid, Need need) {
        var held = certificates.get(kid);
        if (revoked.names(kid)) {
            return new Found.NotFound(RefusalKind.KEY, "key " + kid + " is revoked");
        }
        if (held == null) {
            return new Found.NotFound(RefusalKind.KEY, "no certificate for key " + kid);
        }
        var certificate = held.certificate();
        if (certificate.role() != need.role()) {
            return new Found.NotFound(RefusalKind.KEY, "key " + kid + " is for " + certificate.role());
        }
        if (!certificate.covers(need.scope())) {
            return new Found.NotFound(RefusalKind.KEY, "key " + kid + " is for scope " + certificate.scope());
        }
        if (!certificate.isValidAt(need.at())) {
            return new Found.NotFound(RefusalKind.KEY_LIFETIME, "key " + kid + " is not valid at " + need.at());
        }
        return new Found.Key(certificate);
    }

    /** This ring under the root's list; a key that it names is not handed out any more, nor taken again. */
    public Keyring under(Revocations list) {
        return new Keyring(root, certificates, list);
    }

    /** This ring without the keys that ended before this time: a pump is small, and a day's key is of no use the day after. */
    public Keyring withoutThoseBefore(Instant at) {
        return new Keyring(
                root,
                certificates.entrySet().stream()
                        .filter(held ->
                                !held.getValue().certificate().notAfter().isBefore(at))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                revoked);
    }

    public Revocations revoked() {
        return revoked;
    }

    public VerifyingKey root() {
        return root;
    }

    public List<KeyCertificate> certificates() {
        return certificates.values().stream().map(Signed::certificate).toList();
    }

    /** The root's exact words for this key, whatever it is for and whether it is revoked; empty where the ring has none. */
    public Optional<String> signed(KeyId kid) {
        return Optional.ofNullable(certificates.get(kid)).map(Signed::text);
    }

    private Trust take(Signed signed, int most) {
        var certificate = signed.certificate();
        var held = certificates.get(certificate.id());
        var known = held == null ? null : held.certificate();
        if (revoked.names(certificate.id())) {
            return new Trust.Refused(RefusalKind.KEY, "key " + certificate.id() + " is revoked");
        }
        if (known == null && certificates.size() >= most) {
            return new Trust.Refused(RefusalKind.KEY, "the ring holds " + most + " keys already");
        }
        if (known != null && known.role() != certificate.role()) {
            return new Trust.Refused(RefusalKind.KEY, "key " + certificate.id() + " is for " + known.role());
        }
        if (known != null && certificate.notBefore().isBefore(known.notBefore())) {
            return new Trust.Refused(RefusalKind.KEY, "an older certificate than the one held");
        }
        var larger = new LinkedHashMap<>(certificates);
        larger.put(certificate.id(), signed);
        return new Trust.Trusted(new Keyring(root, larger, revoked), certificate);
    }
}
