package io.venule.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A SHA-256 value: 64 lower-case hexadecimal digits. Names a signed text, a library, a key or a tree of the audit log.
 * Source: docs/pump-contract.md, "Signed texts".
 */
public record Digest(String hex) implements Comparable<Digest> {
    /** The hash before the first: 64 zeros. */
    public static final Digest NONE = new Digest("0".repeat(64));

    public Digest {
        if (!isHex(hex, 64)) {
            throw new IllegalArgumentException("a SHA-256 value has 64 lower-case hexadecimal digits");
        }
    }

    /** The hash of these bytes. */
    public static Digest of(byte[] content) {
        return ofRaw(sha256().digest(content));
    }

    /** The hash of the text's UTF-8 bytes; for a signed text, its compact form. */
    public static Digest ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the 32 bytes of a hash that was computed before. */
    public static Digest ofRaw(byte[] hash) {
        return new Digest(HexFormat.of().formatHex(hash));
    }

    /** Reads text from outside; empty unless it is 64 lower-case hexadecimal digits. */
    public static Optional<Digest> parse(String text) {
        return isHex(text, 64) ? Optional.of(new Digest(text)) : Optional.empty();
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** Equality whose time does not depend on where two values differ; for values that a stranger may guess at. */
    public boolean matches(Digest other) {
        return MessageDigest.isEqual(bytes(), other.bytes());
    }

    /** The first eight digits, for people to compare. */
    public String brief() {
        return hex.substring(0, 8);
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static boolean isHex(String text, int length) {
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
