package io.venule.audit;

import io.venule.audit.Checkpoint.Verification.Verified;
import io.venule.audit.Witnessing.Answer;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** A witness that only remembers how long the log was, which is enough to notice yesterday's. */
public final class TestWitness {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final SigningKey key = SigningKey.generate(new SecureRandom());
    private final String name;
    private final NoteKey log;
    private Optional<Checkpoint> last = Optional.empty();

    public TestWitness(String name, NoteKey log) {
        this.name = name;
        this.log = log;
    }

    public WitnessKey key() {
        return new WitnessKey(name, key.verifyingKey());
    }

    public Answer look(String request) {
        var note = request.substring(request.indexOf("\n\n") + 2).getBytes(StandardCharsets.UTF_8);
        if (!(Checkpoint.verify(note, log) instanceof Verified(var checkpoint))) {
            return new Answer("SIGNATURE", 0, "");
        }
        var seen = last.map(before -> before.head().size()).orElse(0L);
        if (checkpoint.head().size() < seen) {
            return new Answer("ROLLBACK", seen, last.orElseThrow().note());
        }
        if (!request.startsWith("old " + seen + "\n")) {
            return new Answer("SEQUENCE", seen, "");
        }
        last = Optional.of(checkpoint);
        var word = Cosignature.sign(checkpoint, name, key, NOW);
        return new Answer("ACCEPTED", checkpoint.head().size(), word.line() + "\n");
    }
}
