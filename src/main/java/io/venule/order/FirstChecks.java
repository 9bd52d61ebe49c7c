package io.venule.order;

import io.venule.audit.AuditEntry;
import java.util.Optional;

/** The durable record of first checks that wait for a second person. */
public interface FirstChecks {
    /** Keeps it, with its entry in one transaction, instead of an earlier one of the same display. */
    void keep(FirstCheck check, AuditEntry entry);

    /** The one that waits under this display, whether it still holds or not. */
    Optional<FirstCheck> of(String displayed);

    /** Takes it away; yes to exactly one of those who ask. */
    boolean use(FirstCheck check);
}
