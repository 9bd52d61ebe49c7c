package io.venule.opcua;

import java.time.Duration;

/**
 * Counts sessions with a pump that ended because it said what cannot be read, one after the other. A few may be an accident and are tried again; a pump that goes on so would be
 * dialled, and its lost connection written down, for ever. Threat T-29.
 */
final class UnreadableSessions {
    static final int MOST = 20;
    /** A session that lasted so long is none of a row. */
    static final Duration LONG = Duration.ofMinutes(10);

    private int inARow;

    /** What became of a session. */
    enum End {
        /** The pump said what cannot be read. */
        UNREADABLE,
        /** It was open, and ended otherwise. */
        LOST,
        /** There was none: that says nothing about what the pump would have said. */
        NOT_BEGUN
    }

    /** Whether with this one there were too many; {@code lasted} is from dialling to the end. */
    boolean areTooMany(End end, Duration lasted) {
        inARow = switch (end) {
            case UNREADABLE -> lasted.compareTo(LONG) < 0 ? inARow + 1 : 1;
            case LOST -> 0;
            case NOT_BEGUN -> inARow;
        };
        return inARow >= MOST;
    }
}
