package io.venule.store;

import io.venule.order.OrderView;
import io.venule.order.Ward;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@link Ward} in PostgreSQL, read from the primary. */
@Singleton
final class PostgresWard implements Ward {
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
    public Set<String> recalledLots() {
        return transactions.reading(() -> transactions.statements(connection -> {
            var lots = new HashSet<String>();
            try (var statement = connection.prepareStatement("SELECT lot FROM recalled_lot");
                    var found = statement.executeQuery()) {
                while (found.next()) {
                    lots.add(found.getString(1));
                }
            }
            return Set.copyOf(lots);
        }));
    }
}
