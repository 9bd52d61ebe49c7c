package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.order.AuditTrail;
import jakarta.inject.Singleton;
import java.util.List;

/** {@link AuditTrail} in PostgreSQL. */
@Singleton
final class PostgresAuditTrail implements AuditTrail {
    private final Transactions transactions;
    private final AuditAppender log;

    PostgresAuditTrail(Transactions transactions, AuditAppender log) {
        this.transactions = transactions;
        this.log = log;
    }

    @Override
    public void append(AuditEntry entry) {
        transactions.inOne(() -> log.append(List.of(entry)));
    }
}
