package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.order.Admissions;
import io.venule.order.Commitments;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.signing.Digest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;

/** {@link Admissions} and {@link Commitments} in PostgreSQL. */
@Singleton
final class PostgresAdmissions implements Admissions, Commitments {
    private static final int MAX_PATIENTS = 500;

    private final Transactions transactions;
    private final AuditAppender log;
    private final PatientRows patients;
    private final PrescriptionRows prescriptions;

    PostgresAdmissions(
            Transactions transactions, AuditAppender log, PatientRows patients, PrescriptionRows prescriptions) {
        this.transactions = transactions;
        this.log = log;
        this.patients = patients;
        this.prescriptions = prescriptions;
    }

    @Override
    public void admit(Patient patient, Function<Digest, AuditEntry> entry) {
        transactions.inOne(() -> {
            var commitment = patients.keep(patient);
            patients.flush();
            return log.append(List.of(entry.apply(commitment)));
        });
    }

    @Override
    public boolean prescribe(Prescription prescription, AuditEntry entry) {
        try {
            return transactions.inOne(() -> {
                if (isTakenOrForNobody(prescription)) {
                    return false;
                }
                prescriptions.keep(prescription);
                log.append(List.of(entry));
                return true;
            });
        } catch (ConstraintViolationException e) {
            // Another entered the same number between our look and our insert; this transaction is rolled back.
            if (transactions.inOne(() -> isTakenOrForNobody(prescription))) {
                return false;
            }
            throw e;
        }
    }

    private boolean isTakenOrForNobody(Prescription prescription) {
        return prescriptions.findByIdOptional(prescription.id().value()).isPresent()
                || patients.patient(prescription.patient()).isEmpty();
    }

    @Override
    public Optional<Digest> of(PatientId patient) {
        return transactions.reading(() -> patients.commitment(patient));
    }

    @Override
    public List<Patient> admitted() {
        return transactions.inOne(() -> patients.admitted(MAX_PATIENTS));
    }
}
