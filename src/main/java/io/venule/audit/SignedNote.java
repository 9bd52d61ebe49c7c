package io.venule.audit;

import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A text with signature lines under it. Lines of keys we do not know are passed over; a line of our key must hold.
 * Source: C2SP signed-note.
 */
final class SignedNote {
    private static final String LINE_START = "\u2014 ";
    private static final int KEY_ID_SIZE = 4;
    /** A verifier takes at least 16 signatures; ours are 150 characters, a post-quantum one is 7,000. */
    private static final int MAX_BYTES = 256 << 10;

    private SignedNote() {}

    /** What opening found. */
    sealed interface Opened {
        record Text(String text) implements Opened {}

        record Refused(String reason) implements Opened {}
    }

    /** Signs a text that ends with a newline. */
    static String sign(String text, String name, SigningKey key) {
        if (!isNoteText(text)) {
            throw new IllegalArgumentException("a note's text ends with a newline and has no other control character");
        }
        var noteKey = new NoteKey(name, key.verifyingKey());
        var signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        var line = ByteBuffer.allocate(KEY_ID_SIZE + signature.length)
                .put(noteKey.id())
                .put(signature)
                .array();
        return text + "\n" + LINE_START + name + " " + Base64.getEncoder().encodeToString(line) + "\n";
    }

    /** Gives the text if the key signed it. */
    static Opened open(byte[] note, NoteKey key) {
        if (note.length > MAX_BYTES) {
            return new Opened.Refused("longer than " + MAX_BYTES + " bytes");
        }
        try {
            return open(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(note))
                            .toString(),
                    key);
        } catch (CharacterCodingException e) {
            return new Opened.Refused("not UTF-8");
        }
    }

    private static Opened open(String note, NoteKey key) {
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || split + 2 == note.length() || !isNoteText(note.substring(0, split + 1)) || !isNoteText(note)) {
            return new Opened.Refused("not a text, a blank line and signature lines");
        }
        var text = note.substring(0, split + 1);
        boolean found = false;
        for (var line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
            switch (SignatureLine.read(line, key)) {
                case MALFORMED -> {
                    return new Opened.Refused("malformed signature line");
                }
                case OTHER_KEY -> {}
                case OURS -> {
                    if (!SignatureLine.holds(line, text, key)) {
                        return new Opened.Refused("the signature of " + key.name() + " does not belong to the text");
                    }
                    found = true;
                }
            }
        }
        return found ? new Opened.Text(text) : new Opened.Refused("not signed by " + key.text());
    }

    /** What stands after the key's id in a signature line of this name and id; empty where it is another's line or none. */
    static Optional<byte[]> signature(String line, String name, byte[] id) {
        var start = LINE_START + name + " ";
        if (!line.startsWith(start)) {
            return Optional.empty();
        }
        var content = SignatureLine.decoded(line.substring(start.length()));
        return content.length > KEY_ID_SIZE && Arrays.equals(Arrays.copyOf(content, KEY_ID_SIZE), id)
                ? Optional.of(Arrays.copyOfRange(content, KEY_ID_SIZE, content.length))
                : Optional.empty();
    }

    private static boolean isNoteText(String text) {
        return text.endsWith("\n") && text.chars().noneMatch(c -> c < 0x20 && c != '\n');
    }

    private enum SignatureLine {
        OURS,
        OTHER_KEY,
        MALFORMED;

        static SignatureLine read(String line, NoteKey key) {
            int space = line.lastIndexOf(' ');
            if (!line.startsWith(LINE_START) || space < LINE_START.length() + 1) {
                return MALFORMED;
            }
            var name = line.substring(LINE_START.length(), space);
            var content = decoded(line.substring(space + 1));
            if (!NoteKey.isName(name) || content.length <= KEY_ID_SIZE) {
                return MALFORMED;
            }
            boolean ours = name.equals(key.name()) && Arrays.equals(Arrays.copyOf(content, KEY_ID_SIZE), key.id());
            return ours ? OURS : OTHER_KEY;
        }

        static boolean holds(String line, String text, NoteKey key) {
            var content = decoded(line.substring(line.lastIndexOf(' ') + 1));
            var signature = Arrays.copyOfRange(content, KEY_ID_SIZE, content.length);
            return key.key().verify(text.getBytes(StandardCharsets.UTF_8), signature);
        }

        /** The bytes; none where the text is not the one base64 form of them. */
        private static byte[] decoded(String base64) {
            if (!base64.matches("[A-Za-z0-9+/]*={0,2}") || base64.length() % 4 != 0) {
                return new byte[0];
            }
            var content = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(content).equals(base64) ? content : new byte[0];
        }
    }
}
