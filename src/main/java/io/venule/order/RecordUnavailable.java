package io.venule.order;

/** The durable record cannot be reached or did not answer in time: the transaction was rolled back and nothing was kept. */
public final class RecordUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecordUnavailable(Throwable cause) {
        super("the durable record cannot be reached", cause);
    }
}
