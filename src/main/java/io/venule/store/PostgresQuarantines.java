package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.order.Quarantines;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@link Quarantines} in PostgreSQL. Of two servers that impose one on the same pump, the first does, and of two people that lift it, too. */
@Singleton
final class PostgresQuarantines implements Quarantines {
    private static final String STANDING =
            "SELECT pump, cause, why, since FROM pump_quarantine WHERE lifted IS NULL ORDER BY pump";
    private static final String IMPOSE = "INSERT INTO pump_quarantine (pump, cause, why, since) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (pump) WHERE lifted IS NULL DO NOTHING";
    private static final String LIFT = "UPDATE pump_quarantine SET lifted = now() WHERE pump = ? AND lifted IS NULL"
            + " RETURNING pump, cause, why, since";

    private final Transactions transactions;
    private final AuditAppender log;

    PostgresQuarantines(Transactions transactions, AuditAppender log) {
        this.transactions = transactions;
        this.log = log;
    }

    @Override
    public Map<PumpSerial, Quarantine> standing() {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement(STANDING);
                    var found = statement.executeQuery()) {
                var standing = new HashMap<PumpSerial, Quarantine>();
                while (found.next()) {
                    var quarantine = quarantine(found);
                    standing.put(quarantine.pump(), quarantine);
                }
                return Map.copyOf(standing);
            }
        }));
    }

    @Override
    public void impose(Quarantine quarantine, AuditEntry entry) {
        transactions.inOne(() -> {
            var imposed = transactions.statements(connection -> impose(connection, quarantine));
            return imposed && log.append(List.of(entry)).size() > 0;
        });
    }

    private static boolean impose(Connection connection, Quarantine quarantine) throws SQLException {
        try (var statement = connection.prepareStatement(IMPOSE)) {
            statement.setString(1, quarantine.pump().value());
            statement.setString(2, quarantine.cause().name());
            statement.setString(3, quarantine.why());
            statement.setTimestamp(4, Timestamp.from(quarantine.since()));
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public boolean lift(PumpSerial pump, Function<Quarantine, AuditEntry> entry) {
        return transactions.inOne(() -> {
            var lifted = transactions.statements(connection -> lift(connection, pump));
            lifted.ifPresent(was -> log.append(List.of(entry.apply(was))));
            return lifted.isPresent();
        });
    }

    private static Optional<Quarantine> lift(Connection connection, PumpSerial pump) throws SQLException {
        try (var statement = connection.prepareStatement(LIFT)) {
            statement.setString(1, pump.value());
            try (var found = statement.executeQuery()) {
                return found.next() ? Optional.of(quarantine(found)) : Optional.empty();
            }
        }
    }

    private static Quarantine quarantine(ResultSet found) throws SQLException {
        return new Quarantine(
                new PumpSerial(found.getString("pump")),
                Quarantine.Cause.valueOf(found.getString("cause")),
                found.getString("why"),
                found.getTimestamp("since").toInstant());
    }
}
