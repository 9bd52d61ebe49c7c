package io.venule.store;

import io.venule.audit.Checkpoint;
import io.venule.audit.TreeHead;
import io.venule.signing.KeyFiles;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The key that checkpoints are signed with, and the log's name; both must be those of {@code log.vkey}, which third parties verify with. */
@Singleton
final class CheckpointKey {
    private final SigningKey key;
    private final NoteKey verifier;

    CheckpointKey(
            @ConfigProperty(name = "venule.keys.directory") Path keys,
            @ConfigProperty(name = "venule.audit.origin") String origin) {
        this.key = KeyFiles.signingKey(keys.resolve("checkpoint.key"));
        this.verifier = new NoteKey(origin, key.verifyingKey());
        var published = KeyFiles.noteKey(keys.resolve("log.vkey"));
        if (!published.equals(verifier)) {
            throw new IllegalArgumentException("venule.audit.origin and checkpoint.key do not belong to log.vkey: "
                    + verifier.text() + " is not " + published.text());
        }
    }

    /** Signs a state that was found by two ways, and reads the signed note again: a bit that fell over in between is not handed on. */
    Checkpoint sign(TreeHead byLeaves, TreeHead byHashes) {
        var signed = verified(Checkpoint.sign(verifier.name(), byLeaves, key).note());
        if (!signed.head().equals(byHashes)) {
            throw new LogDamaged("two ways to the root give " + signed.head() + " and " + byHashes);
        }
        return signed;
    }

    /** The log's name. */
    String origin() {
        return verifier.name();
    }

    Checkpoint.Verification verify(String note) {
        return Checkpoint.verify(note.getBytes(StandardCharsets.UTF_8), verifier);
    }

    /** A stored note that does not verify throws: it was changed behind us. */
    Checkpoint verified(String note) {
        return switch (verify(note)) {
            case Checkpoint.Verification.Verified(var checkpoint) -> checkpoint;
            case Checkpoint.Verification.Refused(var reason) ->
                throw new LogDamaged("a stored checkpoint does not verify: " + reason);
        };
    }
}
