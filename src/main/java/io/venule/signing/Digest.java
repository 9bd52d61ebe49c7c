package io.venule.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A SHA-256 value: 64 lower-case hexadecimal digits. Names a signed text, a library, a key or a tree of the audit log.
 * Source: docs/pump-contract.md, "Signed texts".
 */
public final class Digest implements Comparable<Digest> {
    private static final int SIZE = 32;

    /** The hash before the first: 64 zeros. */
    public static final Digest NONE = new Digest("0".repeat(64));

    private final byte[] raw;

    public Digest(String hex) {
        if (!isHex(hex, 2 * SIZE)) {
            throw new IllegalArgumentException("a SHA-256 value has 64 lower-case hexadecimal digits");
        }
        this.raw = HexFormat.of().parseHex(hex);
    }

    private Digest(byte[] raw) {
        if (raw.length != SIZE) {
            throw new IllegalArgumentException("a SHA-256 value has " + SIZE + " bytes");
        }
        this.raw = raw;
    }

    /** The hash of these bytes. */
    public static Digest of(byte[] content) {
        return new Digest(sha256().digest(content));
    }

    /** The hash of the text's UTF-8 bytes; for a signed text, its compact form. */
    public static Digest ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the 32 bytes of a hash that was computed before. */
    public static Digest ofRaw(byte[] hash) {
        return new Digest(hash.clone());
    }

    /** Reads text from outside; empty unless it is 64 lower-case hexadecimal digits. */
    public static Optional<Digest> parse(String text) {
        return isHex(text, 2 * SIZE) ? Optional.of(new Digest(text)) : Optional.empty();
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return raw.clone();
    }

    /** The 64 digits. */
    public String hex() {
        return HexFormat.of().formatHex(raw);
    }

    /** Equality whose time does not depend on where two values differ; for values that a stranger may guess at. */
    public boolean matches(Digest other) {
        return MessageDigest.isEqual(raw, other.raw);
    }

    /** The first eight digits, for people to compare. */
    public String brief() {
        return hex().substring(0, 8);
    }

    @Override
    public int compareTo(Digest other) {
        return Arrays.compareUnsigned(raw, other.raw);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(raw, digest.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return hex();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether the text is exactly so many lower-case hexadecimal digits. */
    public static boolean isHex(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
