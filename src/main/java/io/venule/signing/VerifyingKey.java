package io.venule.signing;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key. Says yes to a signature only if it is exactly 64 bytes, its second half is below the group order and
 * the key is a point of full order; so one signed text has no second valid signature made without the key.
 * Source: RFC 8032, 5.1.7.
 */
public final class VerifyingKey {
    /** Bytes of a public key. */
    public static final int SIZE = Ed25519.PUBLIC_KEY_SIZE;

    private final byte[] raw;
    /** The same point, decompressed once and not at each signature. */
    private final Ed25519.PublicPoint point;

    private final KeyId id;

    private VerifyingKey(byte[] raw, Ed25519.PublicPoint point) {
        this.raw = raw;
        this.point = point;
        this.id = new KeyId(Digest.of(raw).hex().substring(0, 16));
    }

    /** Takes the 32 bytes of a public key; empty if they are no point of full order. */
    public static Optional<VerifyingKey> parse(byte[] raw) {
        return raw.length == SIZE
                ? Optional.ofNullable(Ed25519.validatePublicKeyFullExport(raw, 0))
                        .map(point -> new VerifyingKey(raw.clone(), point))
                : Optional.empty();
    }

    /** Reads unpadded base64url of the 32 bytes. */
    public static Optional<VerifyingKey> parse(String base64url) {
        return Base64Url.decode(base64url).flatMap(VerifyingKey::parse);
    }

    public KeyId id() {
        return id;
    }

    /** The 32 public bytes. */
    public byte[] raw() {
        return raw.clone();
    }

    /** The hash of the 32 public bytes; a pump is addressed by the fingerprint of its record key. */
    public Digest fingerprint() {
        return Digest.of(raw);
    }

    /** The 32 public bytes as unpadded base64url. */
    public String base64url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }

    /** Whether this key made this signature over exactly these bytes. */
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, point, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey key && Arrays.equals(raw, key.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return "VerifyingKey[" + id + "]";
    }
}
