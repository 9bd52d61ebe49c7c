package io.venule.order;

import io.venule.audit.AuditEntry;

/** Appends entries that change no other state: refusals, reads of patient data, sign-ins, exports. Durable when it returns. */
public interface AuditTrail {
    void append(AuditEntry entry);
}
