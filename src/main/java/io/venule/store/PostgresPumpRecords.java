package io.venule.store;

import io.venule.order.LeaseLost;
import io.venule.order.LeasedRecords;
import io.venule.order.PumpLease;
import io.venule.order.PumpRecords;
import io.venule.order.PumpRecords.Logged;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpSerial;
import io.venule.pump.RecordHead;
import io.venule.pump.RecordPosition;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@link PumpRecords} in PostgreSQL. The lease that they are kept under is looked at inside the transaction and held until it ends, so that the pump passes to another server
 * before or after, never during.
 */
@Singleton
final class PostgresPumpRecords implements LeasedRecords {
    private final Transactions transactions;
    private final GroupedAppends appends;
    private final OrderRows orders;

    PostgresPumpRecords(Transactions transactions, GroupedAppends appends, OrderRows orders) {
        this.transactions = transactions;
        this.appends = appends;
        this.orders = orders;
    }

    @Override
    public PumpRecords under(PumpLease lease) {
        return new Leased(lease);
    }

    private final class Leased implements PumpRecords {
        private final PumpLease lease;

        Leased(PumpLease lease) {
            this.lease = lease;
        }

        @Override
        public Optional<RecordHead> head(PumpSerial pump) {
            return PostgresPumpRecords.this.head(pump);
        }

        @Override
        public boolean knows(PumpSerial pump, String epoch) {
            return PostgresPumpRecords.this.knows(pump, epoch);
        }

        @Override
        public boolean keep(PumpSerial pump, Optional<RecordHead> expected, List<Logged> records) {
            if (records.isEmpty()) {
                return true;
            }
            if (!pump.equals(lease.pump())) {
                throw new IllegalArgumentException("records of " + pump + " under " + lease);
            }
            requireChain(pump, expected, records);
            return appends.commit(new Keeping(lease, expected, records));
        }
    }

    private Optional<RecordHead> head(PumpSerial pump) {
        return transactions.inOne(() -> transactions.statements(connection -> readHead(connection, pump)));
    }

    private boolean knows(PumpSerial pump, String epoch) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement =
                    connection.prepareStatement("SELECT 1 FROM pump_record WHERE pump = ? AND epoch = ? LIMIT 1")) {
                statement.setString(1, pump.value());
                statement.setString(2, epoch);
                try (var found = statement.executeQuery()) {
                    return found.next();
                }
            }
        }));
    }

    private static Optional<RecordHead> readHead(Connection connection, PumpSerial pump) throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT epoch, sequence, hash FROM pump_record_head WHERE pump = ?")) {
            statement.setString(1, pump.value());
            try (var found = statement.executeQuery()) {
                return found.next()
                        ? Optional.of(new RecordHead(
                                new RecordPosition(found.getString(1), found.getLong(2)), found.getString(3)))
                        : Optional.empty();
            }
        }
    }

    /** Records that take their place behind the pump's head, or none if it has moved. */
    private final class Keeping implements GroupedAppends.Change<Boolean> {
        private final PumpLease lease;
        private final PumpSerial pump;
        private final Optional<RecordHead> expected;
        private final List<Logged> records;
        private final List<LeafRow> rows;
        private boolean moved;

        Keeping(PumpLease lease, Optional<RecordHead> expected, List<Logged> records) {
            this.lease = lease;
            this.pump = lease.pump();
            this.expected = expected;
            this.records = List.copyOf(records);
            this.rows = LeafRow.of(records.stream().map(Logged::entry).toList());
        }

        @Override
        public List<LeafRow> before() {
            moved = transactions.statements(connection -> {
                requireLease(connection, lease);
                return moveHead(connection, pump, expected, headAfter(records));
            });
            if (!moved) {
                return List.of();
            }
            moveOrders(pump, records);
            return rows;
        }

        @Override
        public Boolean after(long firstIndex) {
            if (moved) {
                transactions.statements(connection -> RecordInsert.insert(connection, records, firstIndex));
            }
            return moved;
        }
    }

    /** Locked against being taken, not against being given back: that comes after the session's end. */
    private static void requireLease(Connection connection, PumpLease lease) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT 1 FROM pump_lease WHERE pump = ? AND holder = ? AND fencing = ? FOR KEY SHARE")) {
            statement.setString(1, lease.pump().value());
            statement.setString(2, lease.holder().toString());
            statement.setLong(3, lease.number());
            try (var found = statement.executeQuery()) {
                if (!found.next()) {
                    throw new LeaseLost(lease);
                }
            }
        }
    }

    private static RecordHead headAfter(List<Logged> records) {
        var last = records.getLast().record();
        return new RecordHead(last.position(), last.hash());
    }

    private static void requireChain(PumpSerial pump, Optional<RecordHead> expected, List<Logged> records) {
        var head = expected.orElseGet(
                () -> RecordHead.before(records.getFirst().record().position().epoch()));
        for (var logged : records) {
            var record = logged.record();
            if (!record.pump().equals(pump) || !head.isFollowedBy(record)) {
                throw new IllegalArgumentException("record does not follow: " + pump + " " + record.position());
            }
            head = new RecordHead(record.position(), record.hash());
        }
    }

    /** Takes the pump's head row, and with it the right to add, if it is still where the caller saw it. */
    private static boolean moveHead(
            Connection connection, PumpSerial pump, Optional<RecordHead> expected, RecordHead next)
            throws SQLException {
        var sql = expected.isEmpty()
                ? "INSERT INTO pump_record_head (epoch, sequence, hash, pump) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING"
                : "UPDATE pump_record_head SET epoch = ?, sequence = ?, hash = ?"
                        + " WHERE pump = ? AND epoch = ? AND sequence = ? AND hash = ?";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, next.position().epoch());
            statement.setLong(2, next.position().sequence());
            statement.setString(3, next.hash());
            statement.setString(4, pump.value());
            if (expected.isPresent()) {
                var last = expected.get();
                statement.setString(5, last.position().epoch());
                statement.setLong(6, last.position().sequence());
                statement.setString(7, last.hash());
            }
            return statement.executeUpdate() == 1;
        }
    }

    /** Brings each order to the state that the pump's records say; a pump moves only orders that were sent to it, and a boot all of them. */
    private void moveOrders(PumpSerial pump, List<Logged> records) {
        var named = records.stream()
                .map(logged -> orderOf(logged.record().event()))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
        var boots = records.stream().anyMatch(logged -> logged.record().event() instanceof PumpEvent.Booted);
        if (named.isEmpty() && !boots) {
            return;
        }
        var rows = (boots ? orders.lockedOrOpenOf(pump.value(), named) : orders.lockedOf(pump.value(), named))
                .stream().collect(Collectors.toMap(row -> row.id, Function.identity()));
        for (var logged : records) {
            var event = logged.record().event();
            if (event instanceof PumpEvent.Booted) {
                rows.values().forEach(row -> row.moveTo(row.state().after(event)));
            }
            var row = rows.get(orderOf(event));
            if (row != null && event instanceof PumpEvent.OfChannel on && on.channel() == row.channel) {
                row.moveTo(row.view().after(event));
            }
        }
        orders.flush();
    }

    /** The order that an event is about; empty for none. */
    static String orderOf(PumpEvent event) {
        return switch (event) {
            case PumpEvent.OrderAccepted e -> e.orderId();
            case PumpEvent.OrderRejected e -> e.orderId();
            case PumpEvent.Confirmed e -> e.orderId();
            case PumpEvent.Started e -> e.orderId();
            case PumpEvent.RateChanged e -> e.orderId();
            case PumpEvent.BolusGiven e -> e.orderId();
            case PumpEvent.Paused e -> e.orderId();
            case PumpEvent.Resumed e -> e.orderId();
            case PumpEvent.Stopped e -> e.orderId();
            case PumpEvent.VolumeComplete e -> e.orderId();
            case PumpEvent.KeepVeinOpen e -> e.orderId();
            case PumpEvent.OrderDropped e -> e.orderId();
            case PumpEvent.AlarmStarted e -> "";
            case PumpEvent.AlarmEnded e -> "";
            case PumpEvent.LibraryActivated e -> "";
            case PumpEvent.PowerChanged e -> "";
            case PumpEvent.DoorChanged e -> "";
            case PumpEvent.ClockSet e -> "";
            case PumpEvent.Booted e -> "";
        };
    }
}
