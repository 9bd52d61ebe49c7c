package io.venule.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.venule.audit.AuditEntry;
import io.venule.order.Erasures;
import io.venule.prescription.PatientId;
import io.venule.signing.Digest;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@link Erasures} in PostgreSQL. The log itself is the list of who was erased: what an older backup of the patients brings back is erased again at the
 * start. Threat T-49.
 */
@Singleton
final class PostgresErasures implements Erasures {
    /** After the log was checked and the start recorded. */
    private static final int THIRD = 3;

    private static final int ROW_ID = 32;

    private final Transactions transactions;
    private final AgroalDataSource source;
    private final PatientRows patients;
    private final AuditAppender log;
    private final SecureRandom random;

    PostgresErasures(
            Transactions transactions,
            AgroalDataSource source,
            PatientRows patients,
            AuditAppender log,
            SecureRandom random) {
        this.transactions = transactions;
        this.source = source;
        this.patients = patients;
        this.log = log;
        this.random = random;
    }

    @Override
    public Erasure erase(PatientId patient, Function<Digest, AuditEntry> entry) {
        var row = patients.rowId(patient);
        var erasure = transactions.inOne(() -> {
            var commitment = transactions.statements(connection -> locked(connection, row));
            if (commitment.isEmpty()) {
                return new Erasure.Unknown();
            }
            if (transactions.statements(connection -> isInTreatment(connection, row))) {
                return new Erasure.InTreatment();
            }
            transactions.statements(connection -> blank(connection, row));
            log.append(List.of(entry.apply(commitment.get())));
            return new Erasure.Erased(commitment.get());
        });
        if (erasure instanceof Erasure.Erased) {
            tidy();
        }
        return erasure;
    }

    void again(@Observes @Priority(THIRD) StartupEvent event) {
        var rows = transactions.inOne(() -> transactions.statements(PostgresErasures::broughtBack));
        for (var row : rows) {
            transactions.inOne(() -> transactions.statements(connection -> blank(connection, row)));
        }
        if (!rows.isEmpty()) {
            Log.warnf("patients erased again that a backup had brought back: count=%d", rows.size());
            tidy();
        }
    }

    private static List<String> broughtBack(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                        "SELECT id FROM patient WHERE commitment IN (SELECT patient FROM audit_leaf WHERE kind = 'PATIENT_ERASED')");
                var found = statement.executeQuery()) {
            var rows = new ArrayList<String>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }

    /** The commitment of the row, which is held until the transaction ends. */
    private static Optional<Digest> locked(Connection connection, String row) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT commitment FROM patient WHERE id = ? FOR UPDATE")) {
            statement.setString(1, row);
            try (var found = statement.executeQuery()) {
                return found.next() ? Optional.of(new Digest(found.getString(1))) : Optional.empty();
            }
        }
    }

    private static boolean isInTreatment(Connection connection, String row) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT EXISTS (SELECT FROM infusion_order WHERE patient = ?"
                + " AND state IN ('APPROVED', 'UNCONFIRMED', 'WAITING', 'RUNNING'))")) {
            statement.setString(1, row);
            try (var found = statement.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    private int blank(Connection connection, String row) throws SQLException {
        var nobody = new byte[ROW_ID];
        random.nextBytes(nobody);
        var id = HexFormat.of().formatHex(nobody);
        try (var patient = connection.prepareStatement("UPDATE patient SET id = ?, particulars = '', salt = NULL,"
                        + " commitment = NULL, care_area = '', admitted = false, erased = true WHERE id = ?");
                var prescriptions =
                        connection.prepareStatement("UPDATE prescription SET active = false WHERE patient = ?")) {
            patient.setString(1, id);
            patient.setString(2, row);
            return patient.executeUpdate() + run(prescriptions, id);
        }
    }

    private static int run(PreparedStatement statement, String parameter) throws SQLException {
        statement.setString(1, parameter);
        return statement.executeUpdate();
    }

    /** What the database keeps of a changed row goes too, as far as it lets us; it is sealed all the same. */
    private void tidy() {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("VACUUM patient");
        } catch (SQLException e) {
            Log.warnf("the erased patient's old row stays, sealed, until the database cleans up itself: error=%s", e);
        }
    }
}
