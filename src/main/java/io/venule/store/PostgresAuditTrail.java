package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.order.AuditTrail;
import jakarta.inject.Singleton;
import java.util.List;

/** {@link AuditTrail} in PostgreSQL. */
@Singleton
final class PostgresAuditTrail implements AuditTrail {
    private final GroupedAppends appends;

    PostgresAuditTrail(GroupedAppends appends) {
        this.appends = appends;
    }

    @Override
    public void append(AuditEntry entry) {
        appends.commit(new OneEntry(entry));
    }

    /** An entry that changes nothing else; gives its index. */
    private record OneEntry(AuditEntry entry) implements GroupedAppends.Change<Long> {
        @Override
        public List<AuditEntry> before() {
            return List.of(entry);
        }

        @Override
        public Long after(long firstIndex) {
            return firstIndex;
        }
    }
}
