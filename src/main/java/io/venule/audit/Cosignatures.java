package io.venule.audit;

import java.util.Optional;

/** What witnesses said of this log's checkpoints, as it is kept: of each witness its last word. */
public interface Cosignatures {
    /** How many entries the witness has cosigned; 0 where it has not said anything yet. */
    long seenBy(WitnessKey witness);

    /** Keeps a word for good, in the place of the same witness's earlier one. */
    void keep(Checkpoint checkpoint, Cosignature word);

    /** Of the checkpoints that most witnesses spoke of last, the newest, with all they said under it; empty where nobody did. */
    Optional<Checkpoint> witnessed();

    /** A witness holds the proof that this log is not the one it was: nothing more is appended or signed until a person looked. */
    void contradicted(String how);
}
