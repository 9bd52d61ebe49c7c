package io.venule.store;

import io.venule.order.LeasedRecords;
import io.venule.order.PumpLease;
import io.venule.order.PumpRecords;
import io.venule.order.ReplicaLife;
import io.venule.pump.PumpSerial;
import io.venule.pump.RecordHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The record of pumps for tests that are not about leases: each pump's is held by a server that lives for the day. */
final class RecordsAsHolder implements PumpRecords {
    private static final ReplicaLife HOLDER = new ReplicaLife("store-tests", 1);

    private final LeasedRecords leased;
    private final Transactions transactions;
    private final Map<PumpSerial, PumpRecords> held = new ConcurrentHashMap<>();

    RecordsAsHolder(LeasedRecords leased, Transactions transactions) {
        this.leased = leased;
        this.transactions = transactions;
    }

    private PumpRecords of(PumpSerial pump) {
        return held.computeIfAbsent(pump, serial -> {
            transactions.inOne(() -> transactions.statements(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("INSERT INTO replica (life, expires) VALUES ('" + HOLDER
                            + "', now() + interval '1 day') ON CONFLICT DO NOTHING");
                    return statement.executeUpdate("INSERT INTO pump_lease (pump, holder, fencing) VALUES ('" + serial
                            + "', '" + HOLDER + "', 1) ON CONFLICT DO NOTHING");
                }
            }));
            return leased.under(new PumpLease(serial, HOLDER, 1));
        });
    }

    @Override
    public Optional<RecordHead> head(PumpSerial pump) {
        return of(pump).head(pump);
    }

    @Override
    public boolean knows(PumpSerial pump, String epoch) {
        return of(pump).knows(pump, epoch);
    }

    @Override
    public boolean keep(PumpSerial pump, Optional<RecordHead> expected, List<Logged> records) {
        return of(pump).keep(pump, expected, records);
    }
}
