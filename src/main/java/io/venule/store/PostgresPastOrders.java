package io.venule.store;

import io.venule.order.PastOrders;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@link PastOrders} in PostgreSQL: four queries for a batch, whatever its size. */
@Singleton
final class PostgresPastOrders implements PastOrders {
    private static final String PROGRAMS =
            "SELECT id, approved_at, prescription, pump, patient, override_reason FROM infusion_order"
                    + " WHERE op = 'PROGRAM' AND approved_at >= ? AND approved_at <= ? AND (approved_at, id) < (?, ?)"
                    + " ORDER BY approved_at DESC, id DESC LIMIT ?";

    private final Transactions transactions;
    private final PatientRows patients;
    private final PrescriptionRows prescriptions;
    private final PumpRows pumps;

    PostgresPastOrders(
            Transactions transactions, PatientRows patients, PrescriptionRows prescriptions, PumpRows pumps) {
        this.transactions = transactions;
        this.patients = patients;
        this.prescriptions = prescriptions;
        this.pumps = pumps;
    }

    /** An order and what it names. */
    private record Named(
            String order, Instant at, String prescription, String pump, String patient, boolean overridden) {}

    @Override
    public List<Past> programs(Instant since, Place place, int atMost) {
        return transactions.reading(() -> {
            var named = transactions.statements(connection -> named(connection, since, place, atMost));
            var ofPatients = patients.list("id in ?1", ids(named, Named::patient)).stream()
                    .collect(Collectors.toMap(row -> row.id, Function.identity()));
            var ofPrescriptions = prescriptions.list("id in ?1", ids(named, Named::prescription)).stream()
                    .collect(Collectors.toMap(row -> row.id, Function.identity()));
            var ofPumps = pumps.list("serial in ?1", ids(named, Named::pump)).stream()
                    .collect(Collectors.toMap(row -> row.serial, Function.identity()));
            return named.stream()
                    .map(one -> past(
                            one,
                            there(ofPatients, one.patient()),
                            there(ofPrescriptions, one.prescription()),
                            Optional.ofNullable(ofPumps.get(one.pump()))))
                    .toList();
        });
    }

    private Past past(Named one, PatientRow patientRow, PrescriptionRow prescription, Optional<PumpRow> pump) {
        if (patientRow.erased || pump.isEmpty()) {
            return new Unknown(one.order(), one.at());
        }
        var patient = patients.patient(patientRow);
        return new Known(
                one.order(),
                one.at(),
                PrescriptionRows.prescription(prescription, patient.id()),
                patient.body(),
                pump.get().pump().model(),
                one.overridden() ? How.OVERRIDDEN : How.SENT);
    }

    /** What the table's foreign keys hold. */
    private static <T> T there(Map<String, T> rows, String id) {
        return Objects.requireNonNull(rows.get(id), "an order names what is not on record");
    }

    private static Set<String> ids(List<Named> orders, Function<Named, String> id) {
        return orders.stream().map(id).collect(Collectors.toUnmodifiableSet());
    }

    private static List<Named> named(Connection connection, Instant since, Place place, int atMost)
            throws SQLException {
        try (var statement = connection.prepareStatement(PROGRAMS)) {
            statement.setTimestamp(1, Timestamp.from(since));
            statement.setTimestamp(2, Timestamp.from(place.at()));
            statement.setTimestamp(3, Timestamp.from(place.at()));
            statement.setString(4, place.order());
            statement.setInt(5, atMost);
            try (var found = statement.executeQuery()) {
                var orders = new ArrayList<Named>();
                while (found.next()) {
                    orders.add(new Named(
                            found.getString("id"),
                            found.getTimestamp("approved_at").toInstant(),
                            found.getString("prescription"),
                            found.getString("pump"),
                            found.getString("patient"),
                            !found.getString("override_reason").isEmpty()));
                }
                return List.copyOf(orders);
            }
        }
    }
}
