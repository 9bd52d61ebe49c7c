package io.venule.signing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A verifying key with the name it signs notes under, as third-party log verifiers take it:
 * {@code <name>+<8 hexadecimal digits>+<base64 of type 0x01 and the 32 public bytes>}.
 * Source: C2SP signed-note, "Signature types" and "Verifier keys".
 */
public record NoteKey(String name, VerifyingKey key) {
    private static final byte ED25519 = 0x01;

    public NoteKey {
        if (!isName(name)) {
            throw new IllegalArgumentException("a note key's name has no space and no plus");
        }
    }

    /** Reads the text form; empty if it is not exactly a key of this kind. */
    public static Optional<NoteKey> parse(String text) {
        var parts = text.split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0]) || !Digest.isHex(parts[1], 8)) {
            return Optional.empty();
        }
        return publicBytes(parts[2])
                .flatMap(VerifyingKey::parse)
                .map(key -> new NoteKey(parts[0], key))
                .filter(key -> key.text().equals(text));
    }

    /** The text form. */
    public String text() {
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    /** The four bytes that name this key in a note's signature line. */
    public byte[] id() {
        var sha = Digest.sha256();
        sha.update(name.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
        return Arrays.copyOf(sha.digest(typed()), 4);
    }

    private byte[] typed() {
        var typed = new byte[1 + VerifyingKey.SIZE];
        typed[0] = ED25519;
        System.arraycopy(key.raw(), 0, typed, 1, VerifyingKey.SIZE);
        return typed;
    }

    private static Optional<byte[]> publicBytes(String base64) {
        if (base64.length() != 44 || !base64.matches("[A-Za-z0-9+/]{44}")) {
            return Optional.empty();
        }
        var typed = Base64.getDecoder().decode(base64);
        return typed[0] == ED25519 ? Optional.of(Arrays.copyOfRange(typed, 1, typed.length)) : Optional.empty();
    }

    /** Whether a note may be signed under this name. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && Json.isWellFormed(name)
                && name.codePoints().noneMatch(c -> c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c));
    }
}
