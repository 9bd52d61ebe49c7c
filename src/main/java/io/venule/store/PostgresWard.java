package io.venule.store;

import io.venule.order.OrderView;
import io.venule.order.Ward;
import io.venule.pairing.Lot;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@link Ward} in PostgreSQL, read from the primary. */
@Singleton
final class PostgresWard implements Ward {
    private static final String RECALLED =
            "SELECT gtin, lot FROM lot_recall WHERE lifted IS NULL AND upper(lot) = upper(?)";

    private final Transactions transactions;
    private final PatientRows patients;
    private final PrescriptionRows prescriptions;
    private final PumpRows pumps;
    private final OrderRows orders;
    private final OrderStatements statements;

    PostgresWard(
            Transactions transactions,
            PatientRows patients,
            PrescriptionRows prescriptions,
            PumpRows pumps,
            OrderRows orders,
            OrderStatements statements) {
        this.transactions = transactions;
        this.patients = patients;
        this.prescriptions = prescriptions;
        this.pumps = pumps;
        this.orders = orders;
        this.statements = statements;
    }

    @Override
    public <T> T together(Supplier<T> questions) {
        return transactions.inOne(questions);
    }

    @Override
    public Optional<Patient> patient(PatientId id) {
        return transactions.reading(() -> patients.patient(id));
    }

    @Override
    public Optional<Prescription> prescription(PrescriptionId id) {
        return transactions.reading(() -> prescriptions.prescription(id));
    }

    @Override
    public List<Prescription> prescriptionsOf(PatientId patient) {
        return transactions.reading(() -> prescriptions.of(patient));
    }

    @Override
    public Optional<EnrolledPump> pump(PumpSerial serial) {
        return transactions.reading(() -> pumps.findByIdOptional(serial.value()).map(PumpRow::pump));
    }

    @Override
    public Optional<OrderView> openOrderOn(ChannelId channel) {
        return transactions.reading(() ->
                statements.openOn(channel).flatMap(orders::findByIdOptional).map(OrderRow::view));
    }

    @Override
    public boolean bagUsed(String identity) {
        return transactions.reading(() -> statements.usingBag(identity).isPresent());
    }

    @Override
    public List<Lot> recalled(String number) {
        return transactions.reading(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement(RECALLED)) {
                statement.setString(1, number);
                try (var found = statement.executeQuery()) {
                    var lots = new ArrayList<Lot>();
                    while (found.next()) {
                        lots.add(new Lot(found.getString("gtin"), found.getString("lot")));
                    }
                    return List.copyOf(lots);
                }
            }
        }));
    }
}
