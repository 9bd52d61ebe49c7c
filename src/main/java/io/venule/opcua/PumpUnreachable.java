package io.venule.opcua;

/** The pump did not answer, or answered that it cannot; leaves this package only as a sealed result. */
sealed class PumpUnreachable extends Exception permits PumpUnreadable {
    private static final long serialVersionUID = 1L;

    private final String reason;

    PumpUnreachable(String reason) {
        super(reason);
        this.reason = reason;
    }

    PumpUnreachable(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** What to show a person. */
    String reason() {
        return reason;
    }
}
