package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.RecordHead;
import java.util.List;
import java.util.Optional;

/** The durable record of what pumps reported, each record once and in order. */
public interface PumpRecords {
    /** The last record kept of a pump; empty before the first. */
    Optional<RecordHead> head(PumpSerial pump);

    /** Whether any record of this epoch is kept; of one that was left for another, all are. */
    boolean knows(PumpSerial pump, String epoch);

    /**
     * Keeps records that follow {@code expected} with their audit entries and the order states they bring about, in one transaction.
     * Returns false, and keeps nothing, when the head is no longer {@code expected}.
     */
    boolean keep(PumpSerial pump, Optional<RecordHead> expected, List<Logged> records);

    /** A record and its audit entry. */
    record Logged(PumpRecord record, AuditEntry entry) {}
}
