package io.venule.audit;

import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text that shows by itself, offline, that an entry is in a signed log: its index, the hashes beside its way to the root, and the checkpoint with that
 * root. What it does not hold is the entry. Source: C2SP tlog-proof.
 */
public record TlogProof(InclusionProof proof, Checkpoint checkpoint) {
    private static final String FIRST = "c2sp.org/tlog-proof@v1";
    /** A path is at most 63 hashes long; a note with a hundred cosignatures is far below the rest. */
    private static final int MAX_BYTES = 65_536;

    private static final int MAX_PATH = 63;

    public TlogProof {
        if (proof.size() != checkpoint.head().size()) {
            throw new IllegalArgumentException("a proof for a log of another size");
        }
    }

    /** What reading found. */
    public sealed interface Reading {
        /** Its checkpoint is signed; whether an entry is under it, {@link #holds} says. */
        record Read(TlogProof proof) implements Reading {}

        record Refused(String reason) implements Reading {}
    }

    /** The text form. */
    public String text() {
        var text = new StringBuilder(FIRST + "\nindex " + proof.index() + "\n");
        proof.path()
                .forEach(hash -> text.append(Base64.getEncoder().encodeToString(hash.bytes()))
                        .append('\n'));
        return text.append('\n').append(checkpoint.note()).toString();
    }

    /** Reads a text whose checkpoint this key signed. */
    public static Reading parse(byte[] text, NoteKey key) {
        if (text.length > MAX_BYTES) {
            return new Reading.Refused("longer than " + MAX_BYTES + " bytes");
        }
        var all = new String(text, StandardCharsets.UTF_8);
        var end = all.indexOf("\n\n");
        if (end < 0 || !Arrays.equals(all.getBytes(StandardCharsets.UTF_8), text)) {
            return new Reading.Refused("no proof and checkpoint with an empty line between");
        }
        var note = all.substring(end + 2).getBytes(StandardCharsets.UTF_8);
        return switch (Checkpoint.verify(note, key)) {
            case Checkpoint.Verification.Refused(var reason) -> new Reading.Refused("its checkpoint: " + reason);
            case Checkpoint.Verification.Verified(var checkpoint) ->
                read(new ArrayList<>(Arrays.asList(all.substring(0, end).split("\n", -1))), checkpoint);
        };
    }

    /** Whether this leaf is at this place under the signed root. */
    public boolean holds(Digest leafHash) {
        return proof.holds(leafHash, checkpoint.head());
    }

    private static Reading read(List<String> lines, Checkpoint checkpoint) {
        if (!lines.removeFirst().equals(FIRST)) {
            return new Reading.Refused("does not begin with " + FIRST);
        }
        if (!lines.isEmpty() && lines.getFirst().matches("extra [A-Za-z0-9+/]*={0,2}")) {
            // Nobody signed it and we have no use for it.
            lines.removeFirst();
        }
        if (lines.isEmpty() || !lines.getFirst().matches("index (0|[1-9][0-9]{0,17})")) {
            return new Reading.Refused("says no index");
        }
        var index = Long.parseLong(lines.removeFirst().substring("index ".length()));
        if (index >= checkpoint.head().size()) {
            return new Reading.Refused("entry " + index + " is beyond the checkpoint");
        }
        var path = new ArrayList<Digest>();
        for (var line : lines) {
            if (path.size() == MAX_PATH || !line.matches("[A-Za-z0-9+/]{43}=")) {
                return new Reading.Refused("holds a line that is no hash of its way");
            }
            var hash = Base64.getDecoder().decode(line);
            if (!Base64.getEncoder().encodeToString(hash).equals(line)) {
                return new Reading.Refused("holds a hash in no canonical base64");
            }
            path.add(Digest.ofRaw(hash));
        }
        return new Reading.Read(
                new TlogProof(new InclusionProof(index, checkpoint.head().size(), path), checkpoint));
    }
}
