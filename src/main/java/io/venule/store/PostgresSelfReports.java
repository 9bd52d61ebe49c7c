package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.order.SelfReports;
import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.Nameplate;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@link SelfReports} in PostgreSQL. */
@Singleton
final class PostgresSelfReports implements SelfReports {
    private static final String WORDS =
            "manufacturer, model, serial_number, software_revision, hardware_revision, library_counter, library_sha256";
    private static final String OF = "SELECT pump, since, " + WORDS + " FROM pump_self_report WHERE pump = ?";
    private static final String AMISS = "SELECT pump, since, " + WORDS
            + " FROM pump_self_report WHERE library_sha256 <> ? OR serial_number <> pump";
    private static final String KEEP = "INSERT INTO pump_self_report (" + WORDS
            + ", since, pump) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pump) DO UPDATE SET (" + WORDS
            + ", since) = ROW (EXCLUDED.manufacturer, EXCLUDED.model, EXCLUDED.serial_number, EXCLUDED.software_revision,"
            + " EXCLUDED.hardware_revision, EXCLUDED.library_counter, EXCLUDED.library_sha256, EXCLUDED.since)";

    private final Transactions transactions;
    private final AuditAppender log;

    PostgresSelfReports(Transactions transactions, AuditAppender log) {
        this.transactions = transactions;
        this.log = log;
    }

    @Override
    public Optional<Kept> of(PumpSerial pump) {
        return transactions.inOne(() -> transactions.statements(connection -> of(connection, OF, pump)));
    }

    @Override
    public Map<PumpSerial, SelfReport> amiss(String librarySha256) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement(AMISS)) {
                statement.setString(1, librarySha256);
                try (var found = statement.executeQuery()) {
                    var amiss = new HashMap<PumpSerial, SelfReport>();
                    while (found.next()) {
                        amiss.put(
                                new PumpSerial(found.getString("pump")),
                                kept(found).said());
                    }
                    return Map.copyOf(amiss);
                }
            }
        }));
    }

    @Override
    public void keep(
            PumpSerial pump, SelfReport said, Instant at, Function<Optional<SelfReport>, List<AuditEntry>> entries) {
        transactions.inOne(() -> {
            var before = transactions
                    .statements(connection -> of(connection, OF + " FOR UPDATE", pump))
                    .map(Kept::said);
            if (before.filter(said::equals).isPresent()) {
                return false;
            }
            transactions.statements(connection -> keep(connection, pump, said, at));
            var made = entries.apply(before);
            return made.isEmpty() || log.append(made).size() > 0;
        });
    }

    private static Optional<Kept> of(Connection connection, String question, PumpSerial pump) throws SQLException {
        try (var statement = connection.prepareStatement(question)) {
            statement.setString(1, pump.value());
            try (var found = statement.executeQuery()) {
                return found.next() ? Optional.of(kept(found)) : Optional.empty();
            }
        }
    }

    private static int keep(Connection connection, PumpSerial pump, SelfReport said, Instant at) throws SQLException {
        try (var statement = connection.prepareStatement(KEEP)) {
            statement.setString(1, said.plate().manufacturer());
            statement.setString(2, said.plate().model());
            statement.setString(3, said.plate().serialNumber());
            statement.setString(4, said.plate().softwareRevision());
            statement.setString(5, said.plate().hardwareRevision());
            statement.setLong(6, said.library().counter());
            statement.setString(7, said.library().sha256());
            statement.setTimestamp(8, Timestamp.from(at));
            statement.setString(9, pump.value());
            return statement.executeUpdate();
        }
    }

    private static Kept kept(ResultSet found) throws SQLException {
        var plate = new Nameplate(
                found.getString("manufacturer"),
                found.getString("model"),
                found.getString("serial_number"),
                found.getString("software_revision"),
                found.getString("hardware_revision"));
        var library = new PumpLibrary(found.getLong("library_counter"), found.getString("library_sha256"));
        return new Kept(
                new SelfReport(plate, library), found.getTimestamp("since").toInstant());
    }
}
