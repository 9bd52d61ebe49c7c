package io.venule.opcua;

import io.venule.pump.RecordHead;
import java.util.List;

/** The pump's own record log, as it can be asked over one session. Source: pump contract, "Receipt and records". */
interface PumpLog {
    /** The newest record of the running epoch. */
    RecordHead head() throws PumpUnreachable;

    /** Epochs of which records are kept, oldest first; the running one is the last. */
    List<String> epochs() throws PumpUnreachable;

    /** At most {@code most} signed records of an epoch from a number on, in order; none where there are none. */
    List<String> records(String epoch, long from, int most) throws PumpUnreachable;
}
