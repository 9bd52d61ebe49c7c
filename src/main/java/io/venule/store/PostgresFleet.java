package io.venule.store;

import io.quarkus.panache.common.Sort;
import io.venule.audit.AuditEntry;
import io.venule.order.Fleet;
import io.venule.pump.EnrolledPump;
import jakarta.inject.Singleton;
import java.util.List;

/** {@link Fleet} in PostgreSQL. What was read is kept until the store says that something was changed, by whomever: it is asked for each second, and by each page. */
@Singleton
final class PostgresFleet implements Fleet {
    private static final String VERSION = "SELECT number FROM inventory_version";
    private static final Held NOTHING = new Held(-1, List.of());

    private final Transactions transactions;
    private final AuditAppender log;
    private final PumpRows pumps;
    private volatile Held held = NOTHING;

    PostgresFleet(Transactions transactions, AuditAppender log, PumpRows pumps) {
        this.transactions = transactions;
        this.log = log;
        this.pumps = pumps;
    }

    /** The inventory as of a version, or newer: the version is read first. */
    private record Held(long version, List<EnrolledPump> pumps) {}

    @Override
    public List<EnrolledPump> pumps() {
        return transactions.inOne(() -> {
            var version = version();
            var kept = held;
            return kept.version() == version ? kept.pumps() : read(version);
        });
    }

    private long version() {
        return transactions
                .first(VERSION, _ -> {}, found -> found.getLong("number"))
                .orElseThrow();
    }

    private List<EnrolledPump> read(long version) {
        var all = pumps.listAll(Sort.by("serial")).stream().map(PumpRow::pump).toList();
        held = new Held(version, all);
        return all;
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
