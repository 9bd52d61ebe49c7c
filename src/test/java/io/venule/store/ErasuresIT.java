package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static io.venule.store.WardFixture.aFluidFor;
import static io.venule.store.WardFixture.aPatient;
import static io.venule.store.WardFixture.anEntry;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.order.Erasures.Erasure;
import io.venule.prescription.Patient;
import io.venule.signing.Digest;
import io.venule.stack.BackboneResource;
import io.venule.staff.SubjectId;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What erasing does to the rows, and to those that a backup brings back. Threat T-49. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class ErasuresIT {
    @Inject
    PostgresErasures erasures;

    @Inject
    PostgresAdmissions admissions;

    @Inject
    PostgresWard ward;

    @Inject
    AuditLog log;

    @Inject
    Transactions transactions;

    @Test
    void a_commitment_stays_the_same_until_the_patient_is_erased() {
        var patient = aPatient();
        admissions.admit(patient, _ -> anEntry());
        var first = admissions.of(patient.id()).orElseThrow();
        admissions.admit(patient, _ -> anEntry());

        assertThat(admissions.of(patient.id())).contains(first);
        assertThat(erased(patient)).isEqualTo(new Erasure.Erased(first));
        assertThat(admissions.of(patient.id())).isEmpty();
        assertThat(erased(patient)).isEqualTo(new Erasure.Unknown());
        admissions.admit(patient, _ -> anEntry());
        assertThat(admissions.of(patient.id()).orElseThrow()).isNotEqualTo(first);
    }

    @Test
    void an_erased_patients_prescription_leads_to_nobody() {
        var patient = aPatient();
        var prescription = aFluidFor(patient);
        admissions.admit(patient, _ -> anEntry());
        admissions.prescribe(prescription, anEntry());

        erased(patient);

        assertThat(ward.prescription(prescription.id())).isEmpty();
        assertThat(ward.prescriptionsOf(patient.id())).isEmpty();
        assertThat(admissions.prescribe(prescription, anEntry())).isFalse();
    }

    @Test
    void what_an_older_backup_brought_back_is_erased_again_at_the_start() {
        var patient = aPatient();
        admissions.admit(patient, _ -> anEntry());
        var commitment = admissions.of(patient.id()).orElseThrow();
        run("CREATE TABLE backup AS SELECT * FROM patient WHERE commitment = '" + commitment + "'");
        erased(patient);
        run("INSERT INTO patient SELECT * FROM backup");
        run("DROP TABLE backup");
        assertThat(ward.patient(patient.id())).isPresent();
        var size = log.head().size();

        erasures.again(new StartupEvent());

        assertThat(ward.patient(patient.id())).isEmpty();
        assertThat(admissions.of(patient.id())).isEmpty();
        assertThat(log.head().size()).isEqualTo(size);
    }

    private Erasure erased(Patient patient) {
        return erasures.erase(patient.id(), ErasuresIT::entry);
    }

    private static AuditEntry entry(Digest commitment) {
        return AuditEntry.of(AuditKind.PATIENT_ERASED, NOON, new SubjectId("subject-admin"))
                .with("name", "Ada Admin")
                .with("address", "192.0.2.1")
                .with("patient", commitment)
                .with("reason", "RETENTION_ENDED");
    }

    private void run(String sql) {
        transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        }));
    }
}
