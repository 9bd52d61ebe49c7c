package io.venule.audit;

import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import io.venule.signing.VerifyingKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The key of somebody who cosigns checkpoints, with the name it does that under:
 * {@code <name>+<8 hexadecimal digits>+<base64 of type 0x04 and the 32 public bytes>}.
 * Source: C2SP signed-note, "Verifier keys"; C2SP tlog-cosignature, "Format".
 */
public record WitnessKey(String name, VerifyingKey key) {
    private static final byte COSIGNATURE_V1 = 0x04;

    public WitnessKey {
        if (!NoteKey.isName(name)) {
            throw new IllegalArgumentException("a witness's name has no space and no plus");
        }
    }

    /** The witness that a pump is: it cosigns with its record key. */
    public static WitnessKey ofPump(String serial, VerifyingKey recordKey) {
        return new WitnessKey("venule-pump/" + serial, recordKey);
    }

    /** Reads the text form; empty if it is not exactly a key of this kind. */
    public static Optional<WitnessKey> parse(String text) {
        var parts = text.split("\\+", 3);
        if (parts.length != 3 || !NoteKey.isName(parts[0]) || !parts[2].matches("[A-Za-z0-9+/]{44}")) {
            return Optional.empty();
        }
        var typed = Base64.getDecoder().decode(parts[2]);
        return VerifyingKey.parse(Arrays.copyOfRange(typed, 1, typed.length))
                .map(key -> new WitnessKey(parts[0], key))
                .filter(key -> key.text().equals(text));
    }

    /** The text form. */
    public String text() {
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    /** The four bytes that name this key in a note's signature line. */
    byte[] id() {
        var start = (name + "\n").getBytes(StandardCharsets.UTF_8);
        var all = ByteBuffer.allocate(start.length + 1 + VerifyingKey.SIZE)
                .put(start)
                .put(typed());
        return Arrays.copyOf(Digest.of(all.array()).bytes(), 4);
    }

    private byte[] typed() {
        var typed = new byte[1 + VerifyingKey.SIZE];
        typed[0] = COSIGNATURE_V1;
        System.arraycopy(key.raw(), 0, typed, 1, VerifyingKey.SIZE);
        return typed;
    }
}
