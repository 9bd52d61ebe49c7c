package io.venule.store;

import io.quarkus.panache.common.Sort;
import io.venule.audit.AuditEntry;
import io.venule.order.Fleet;
import io.venule.pump.EnrolledPump;
import jakarta.inject.Singleton;
import java.util.List;

/** {@link Fleet} in PostgreSQL. */
@Singleton
final class PostgresFleet implements Fleet {
    private final Transactions transactions;
    private final AuditAppender log;
    private final PumpRows pumps;

    PostgresFleet(Transactions transactions, AuditAppender log, PumpRows pumps) {
        this.transactions = transactions;
        this.log = log;
        this.pumps = pumps;
    }

    @Override
    public List<EnrolledPump> pumps() {
        return transactions.inOne(() ->
                pumps.listAll(Sort.by("serial")).stream().map(PumpRow::pump).toList());
    }

    @Override
    public void enrol(EnrolledPump pump, AuditEntry entry) {
        transactions.inOne(() -> {
            pumps.getEntityManager().merge(new PumpRow(pump));
            pumps.flush();
            return log.append(List.of(entry));
        });
    }
}
