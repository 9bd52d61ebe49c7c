package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.pump.EnrolledPump;
import java.util.List;

/** The inventory of pumps. */
public interface Fleet {
    List<EnrolledPump> pumps();

    /** Adds a pump or replaces what is on record of it, with its audit entry, in one transaction. */
    void enrol(EnrolledPump pump, AuditEntry entry);
}
