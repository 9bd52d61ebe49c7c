package io.venule.order;

/** The pump is another server's by now: nothing was kept, and nothing more may be done with it. */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLost(PumpLease lease) {
        super("another server may hold pump " + lease.pump() + ": lease " + lease.number() + " is over");
    }
}
