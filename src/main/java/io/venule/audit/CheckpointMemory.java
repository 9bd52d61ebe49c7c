package io.venule.audit;

import java.util.Optional;

/**
 * The last signed checkpoint, kept where whoever changes or restores the database has no hand: before a state is published, it takes the
 * place of the one before it here. Who shares a log shares this place, so that of two who sign one is refused. Threats T-44, T-45.
 */
public interface CheckpointMemory {
    /** The last checkpoint; empty where none was ever put. One that is damaged or not ours throws. */
    Optional<Checkpoint> last();

    /**
     * Puts {@code next}, durable when this returns true, if the last one is still {@code expected}; else changes nothing and returns false.
     */
    boolean swap(Optional<Checkpoint> expected, Checkpoint next);

    /** Where it is, in words for the person who has to look. */
    String place();
}
