package io.venule.audit;

import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A signed state of the log: origin, size and root, with the note that carries the signatures. Only signing or verifying makes
 * one, so holding one is the proof. Source: C2SP tlog-checkpoint.
 */
public final class Checkpoint {
    private final String origin;
    private final TreeHead head;
    private final String note;

    private Checkpoint(String origin, TreeHead head, String note) {
        this.origin = origin;
        this.head = head;
        this.note = note;
    }

    /** What verifying found. */
    public sealed interface Verification {
        record Verified(Checkpoint checkpoint) implements Verification {}

        record Refused(String reason) implements Verification {}
    }

    /** Signs a state of the log. The caller never signs two states that do not follow from each other. */
    public static Checkpoint sign(String origin, TreeHead head, SigningKey key) {
        return new Checkpoint(origin, head, SignedNote.sign(text(origin, head), origin, key));
    }

    /** What is signed: three lines. A checkpoint's note is this, an empty line, and signatures. */
    public static String text(String origin, TreeHead head) {
        return origin + "\n" + head.size() + "\n"
                + Base64.getEncoder().encodeToString(head.root().bytes()) + "\n";
    }

    /** Believes a note only if this key signed it and its origin is the key's name. */
    public static Verification verify(byte[] note, NoteKey key) {
        return switch (SignedNote.open(note, key)) {
            case SignedNote.Opened.Refused(var reason) -> new Verification.Refused(reason);
            case SignedNote.Opened.Text(var text) -> read(text, new String(note, StandardCharsets.UTF_8), key);
        };
    }

    /** The log's name. */
    public String origin() {
        return origin;
    }

    /** Size and root. */
    public TreeHead head() {
        return head;
    }

    /** What is signed: all lines above the empty one. */
    String text() {
        return note.substring(0, note.lastIndexOf("\n\n") + 1);
    }

    /** With these words of witnesses under it. */
    public Checkpoint with(List<Cosignature> words) {
        var longer = new StringBuilder(note);
        words.forEach(word -> longer.append(word.line()).append('\n'));
        return new Checkpoint(origin, head, longer.toString());
    }

    /** The whole note with its signature lines. */
    public String note() {
        return note;
    }

    private static Verification read(String text, String note, NoteKey key) {
        var lines = text.substring(0, text.length() - 1).split("\n", -1);
        for (var line : lines) {
            if (line.isEmpty()) {
                return new Verification.Refused("an empty line in a checkpoint");
            }
        }
        if (lines.length < 3 || !lines[1].matches("0|[1-9][0-9]{0,17}") || !lines[2].matches("[A-Za-z0-9+/]{43}=")) {
            return new Verification.Refused("not origin, size and root");
        }
        if (!lines[0].equals(key.name())) {
            return new Verification.Refused("a checkpoint of another log: " + lines[0]);
        }
        var root = Base64.getDecoder().decode(lines[2]);
        if (!Base64.getEncoder().encodeToString(root).equals(lines[2])) {
            return new Verification.Refused("the root is not canonical base64");
        }
        var head = new TreeHead(Long.parseLong(lines[1]), Digest.ofRaw(root));
        return new Verification.Verified(new Checkpoint(lines[0], head, note));
    }

    @Override
    public String toString() {
        return "Checkpoint[" + origin + ", " + head + "]";
    }
}
