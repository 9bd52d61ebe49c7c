package io.venule.simulation;

import io.venule.audit.AuditEntry;
import io.venule.order.FirstCheck;
import io.venule.order.FirstChecks;
import java.util.Optional;

/** No drug of the simulated ward is one for two people; that one asks for a first check is a fault of the desk. */
final class OnePersonWard implements FirstChecks {
    @Override
    public void keep(FirstCheck check, AuditEntry entry) {
        throw new AssertionError("a first check of a drug that needs one person");
    }

    @Override
    public Optional<FirstCheck> of(String displayed) {
        return Optional.empty();
    }

    @Override
    public boolean use(FirstCheck check) {
        return false;
    }
}
