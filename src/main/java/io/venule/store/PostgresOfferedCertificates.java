package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.order.OfferedCertificate;
import io.venule.order.OfferedCertificates;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpCertificates;
import io.venule.pump.PumpSerial;
import io.venule.signing.Digest;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** {@link OfferedCertificates} in PostgreSQL. Whoever keeps or accepts one holds the pump's row of the inventory, so that none waits that was accepted meanwhile. */
@Singleton
final class PostgresOfferedCertificates implements OfferedCertificates {
    private static final String WAITING =
            "SELECT pump, certificate, since FROM offered_certificate ORDER BY pump, since DESC, sha256";
    private static final String ONE =
            "SELECT pump, certificate, since FROM offered_certificate WHERE pump = ? AND sha256 = ?";
    private static final String KEEP = "INSERT INTO offered_certificate (pump, sha256, certificate, since)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT (pump, sha256) DO NOTHING";
    private static final String WITHDRAW = "DELETE FROM offered_certificate WHERE pump = ?";

    private final Transactions transactions;
    private final AuditAppender log;
    private final PumpRows pumps;

    PostgresOfferedCertificates(Transactions transactions, AuditAppender log, PumpRows pumps) {
        this.transactions = transactions;
        this.log = log;
        this.pumps = pumps;
    }

    @Override
    public Map<PumpSerial, List<OfferedCertificate>> waiting() {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement(WAITING);
                    var found = statement.executeQuery()) {
                var waiting = new TreeMap<PumpSerial, List<OfferedCertificate>>();
                while (found.next()) {
                    var offered = offered(found);
                    waiting.computeIfAbsent(offered.pump(), pump -> new ArrayList<>())
                            .add(offered);
                }
                return waiting;
            }
        }));
    }

    @Override
    public void keep(OfferedCertificate offered, AuditEntry entry) {
        transactions.inOne(() -> {
            var enrolled = pumps.findById(offered.pump().value(), LockModeType.PESSIMISTIC_WRITE);
            if (enrolled == null || isEnrolled(enrolled.pump(), offered)) {
                return false;
            }
            return transactions.statements(connection -> keep(connection, offered))
                    && log.append(List.of(entry)).size() > 0;
        });
    }

    /** A session that was begun before may present what was accepted since. */
    private static boolean isEnrolled(EnrolledPump pump, OfferedCertificate offered) {
        return PumpCertificates.of(pump.certificate()).contains(offered.certificate());
    }

    private static boolean keep(Connection connection, OfferedCertificate offered) throws SQLException {
        try (var statement = connection.prepareStatement(KEEP)) {
            statement.setString(1, offered.pump().value());
            statement.setString(2, offered.fingerprint().hex());
            statement.setBytes(3, PumpCertificates.der(offered.certificate()));
            statement.setTimestamp(4, Timestamp.from(offered.since()));
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public void withdraw(PumpSerial pump) {
        transactions.inOne(() -> transactions.statements(connection -> withdraw(connection, pump)));
    }

    private static int withdraw(Connection connection, PumpSerial pump) throws SQLException {
        try (var statement = connection.prepareStatement(WITHDRAW)) {
            statement.setString(1, pump.value());
            return statement.executeUpdate();
        }
    }

    @Override
    public Optional<EnrolledPump> accept(
            PumpSerial pump, Digest fingerprint, Function<OfferedCertificate, AuditEntry> entry) {
        return transactions.inOne(() -> {
            var row = pumps.findById(pump.value(), LockModeType.PESSIMISTIC_WRITE);
            var waiting = transactions.statements(connection -> one(connection, pump, fingerprint));
            if (row == null || waiting.isEmpty()) {
                return Optional.empty();
            }
            var offered = waiting.get();
            row.certificate = PumpCertificates.withNext(row.certificate, offered.certificate());
            pumps.flush();
            transactions.statements(connection -> withdraw(connection, pump));
            log.append(List.of(entry.apply(offered)));
            return Optional.of(row.pump());
        });
    }

    private static Optional<OfferedCertificate> one(Connection connection, PumpSerial pump, Digest fingerprint)
            throws SQLException {
        try (var statement = connection.prepareStatement(ONE)) {
            statement.setString(1, pump.value());
            statement.setString(2, fingerprint.hex());
            try (var found = statement.executeQuery()) {
                return found.next() ? Optional.of(offered(found)) : Optional.empty();
            }
        }
    }

    private static OfferedCertificate offered(ResultSet found) throws SQLException {
        return new OfferedCertificate(
                new PumpSerial(found.getString("pump")),
                PumpCertificates.first(found.getBytes("certificate")),
                found.getTimestamp("since").toInstant());
    }
}
