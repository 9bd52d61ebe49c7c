package io.venule.pump;

import java.time.Instant;

/**
 * A pump that is out of use because of what it said: nothing is taken from it and nothing sent to it, by any server, until a person has looked
 * and lifted it. What infuses goes on by itself.
 *
 * @param why what was wrong, for a person
 */
public record Quarantine(PumpSerial pump, Cause cause, String why, Instant since) {
    /** What kind of doubt it is, which says what is to be done. */
    public enum Cause {
        /** A record that is not this pump's signed word. */
        RECORD,
        /** A record that does not follow the one before it. */
        FORK,
        /** Records that the pump does not keep any more, and that never came. */
        GAP,
        /** An answer that is not this pump's signed word. */
        ANSWER,
        /** Answers over its own channel that are none of the contract's, in one session after the other. */
        UNREADABLE,
        /** Every certificate that it was enrolled with is revoked. */
        CERTIFICATE,
        /** What the inventory says of the pump cannot be used. */
        INVENTORY
    }

    /** Why it was lifted; a word of a list, so that nobody writes a name into a log that forgets nothing. */
    public enum Lifted {
        ENROLLED_ANEW,
        REPAIRED,
        EXAMINED
    }
}
