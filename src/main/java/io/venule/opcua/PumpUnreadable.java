package io.venule.opcua;

/** The pump answered over its own channel, in a shape that the contract does not have. */
final class PumpUnreadable extends PumpUnreachable {
    private static final long serialVersionUID = 1L;

    PumpUnreadable(String reason) {
        super(reason);
    }

    PumpUnreadable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
