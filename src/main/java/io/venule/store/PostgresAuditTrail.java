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
        appends.commit(new OneEntry(LeafRow.of(entry)));
    }

    /** An entry that changes nothing else; gives its index. */
    private record OneEntry(LeafRow row) implements GroupedAppends.Change<Long> {
        @Override
        public List<LeafRow> before() {
            return List.of(row);
        }

        @Override
        public Long after(long firstIndex) {
            return firstIndex;
        }
    }
}
