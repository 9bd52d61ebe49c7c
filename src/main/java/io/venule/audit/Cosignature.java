package io.venule.audit;

import io.venule.signing.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A witness's word that it saw this checkpoint, that nothing it saw before contradicts it, and when. Only signing or verifying makes one.
 * Source: C2SP tlog-cosignature, Ed25519.
 */
public final class Cosignature {
    private static final int SIZE = Long.BYTES + 64;

    private final WitnessKey by;
    private final Instant at;
    private final String line;

    private Cosignature(WitnessKey by, Instant at, String line) {
        this.by = by;
        this.at = at;
        this.line = line;
    }

    /** Cosigns. The caller has seen that the checkpoint follows from all it saw before. */
    static Cosignature sign(Checkpoint checkpoint, String name, SigningKey key, Instant at) {
        var by = new WitnessKey(name, key.verifyingKey());
        var signature = key.sign(message(checkpoint, at.getEpochSecond()));
        var content = ByteBuffer.allocate(by.id().length + SIZE)
                .put(by.id())
                .putLong(at.getEpochSecond())
                .put(signature);
        return new Cosignature(
                by,
                Instant.ofEpochSecond(at.getEpochSecond()),
                "\u2014 " + name + " " + Base64.getEncoder().encodeToString(content.array()));
    }

    /** The first of these lines that is this witness's word on this checkpoint; empty where none is. */
    public static Optional<Cosignature> find(List<String> lines, Checkpoint checkpoint, WitnessKey by) {
        return lines.stream()
                .flatMap(line -> read(line, checkpoint, by).stream())
                .findFirst();
    }

    /** The word of each of these witnesses that stands under the checkpoint. */
    public static List<Cosignature> under(Checkpoint checkpoint, List<WitnessKey> witnesses) {
        var note = checkpoint.note();
        var lines = List.of(note.substring(note.lastIndexOf("\n\n") + 2).split("\n", -1));
        return witnesses.stream()
                .distinct()
                .flatMap(witness -> find(lines, checkpoint, witness).stream())
                .toList();
    }

    private static Optional<Cosignature> read(String line, Checkpoint checkpoint, WitnessKey by) {
        return SignedNote.signature(line, by.name(), by.id())
                .filter(content -> content.length == SIZE)
                .map(ByteBuffer::wrap)
                .flatMap(content -> {
                    long seconds = content.getLong();
                    var signature = new byte[SIZE - Long.BYTES];
                    content.get(signature);
                    return seconds >= 0 && by.key().verify(message(checkpoint, seconds), signature)
                            ? instant(seconds).map(at -> new Cosignature(by, at, line))
                            : Optional.empty();
                });
    }

    private static Optional<Instant> instant(long seconds) {
        try {
            return Optional.of(Instant.ofEpochSecond(seconds));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static byte[] message(Checkpoint checkpoint, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + checkpoint.text()).getBytes(StandardCharsets.UTF_8);
    }

    /** Whose word it is. */
    public WitnessKey by() {
        return by;
    }

    /** When, by the witness's clock. */
    public Instant at() {
        return at;
    }

    /** The signature line, without a line end. */
    public String line() {
        return line;
    }

    @Override
    public String toString() {
        return "Cosignature[" + by.name() + ", " + at + "]";
    }
}
