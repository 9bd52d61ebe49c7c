package io.venule.order;

/** Records of pumps, to be kept only by who holds the pump. */
public interface LeasedRecords {
    /** The record as the holder of this lease may write it; {@link PumpRecords#keep} throws {@link LeaseLost} once the lease is another's. */
    PumpRecords under(PumpLease lease);
}
