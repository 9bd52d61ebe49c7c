package io.venule.audit;

import java.util.Base64;

/**
 * What a witness is shown: a checkpoint, and the proof that it follows from the one that the witness saw last.
 * Source: C2SP tlog-witness, "add-checkpoint".
 */
public final class WitnessRequest {
    private WitnessRequest() {}

    /** The text; {@code seen} is how many entries the witness saw last, 0 for none, and no more than the checkpoint has. */
    public static String text(long seen, Checkpoint checkpoint, HashSource hashes) {
        if (seen < 0 || seen > checkpoint.head().size()) {
            throw new IllegalArgumentException("no proof from " + seen + " to " + checkpoint.head());
        }
        var text = new StringBuilder("old " + seen + "\n");
        if (seen > 0) {
            ConsistencyProof.of(seen, checkpoint.head().size(), hashes)
                    .path()
                    .forEach(hash -> text.append(Base64.getEncoder().encodeToString(hash.bytes()))
                            .append('\n'));
        }
        return text.append('\n').append(checkpoint.note()).toString();
    }
}
