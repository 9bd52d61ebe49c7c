package io.venule.web.bedside;

/**
 * What came of stopping or cancelling, as pages and API show it.
 *
 * @param recorded whether it is in the durable record by now; otherwise it is entered as soon as the record answers
 */
public record EndShown(Did did, boolean recorded) {
    /** What the pump did. */
    public enum Did {
        ASKS_FOR_STOP,
        CANCELLED,
        NO_ANSWER
    }
}
