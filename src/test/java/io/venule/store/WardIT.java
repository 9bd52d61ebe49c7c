package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static io.venule.store.WardFixture.aFluidFor;
import static io.venule.store.WardFixture.aPatient;
import static io.venule.store.WardFixture.anEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Patient;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.quantity.Amount;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.BodySurface;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import io.venule.stack.BackboneResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Patients, prescriptions and pumps come back as they were entered, and no name is readable in the database. Invariant 10; T-65. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class WardIT {
    @Inject
    PostgresAdmissions admissions;

    @Inject
    PostgresWard ward;

    @Inject
    PostgresFleet fleet;

    @Inject
    Transactions transactions;

    @Test
    void a_patient_comes_back_as_admitted_and_as_changed() {
        var patient = aPatient();
        admissions.admit(patient, _ -> anEntry());
        var grown = new Patient(
                patient.id(),
                "2",
                patient.name(),
                patient.born(),
                new BodyMeasures.WeighedAndMeasured(Weight.ofKilograms("71"), new BodySurface(18_180)),
                "adult-ward",
                false);

        assertThat(ward.patient(patient.id())).contains(patient);

        admissions.admit(grown, _ -> anEntry());
        assertThat(ward.patient(patient.id())).contains(grown);
        assertThat(admissions.admitted()).doesNotContain(grown);
        assertThat(ward.patient(aPatient().id())).isEmpty();
    }

    @Test
    void every_kind_of_prescription_comes_back_as_entered() {
        var patient = aPatient();
        admissions.admit(patient, _ -> anEntry());
        var mixture = new Prescription.Mixture.DrugInVolume(
                new Concentration(Amount.of("400", AmountUnit.MILLIGRAM), Volume.ofMillilitres("250")));
        var kinds = List.of(
                aFluidFor(patient),
                with(patient, mixture, new Regimen.Continuous(Dose.of("5", "ug/kg/min"))),
                with(patient, mixture, new Regimen.Intermittent(Dose.of("0.5", "g"), Duration.ofMinutes(30))));

        assertThat(kinds).allSatisfy(prescription -> {
            assertThat(admissions.prescribe(prescription, anEntry())).isTrue();
            assertThat(ward.prescription(prescription.id())).contains(prescription);
        });
        assertThat(ward.prescriptionsOf(patient.id())).containsExactlyInAnyOrderElementsOf(kinds);
    }

    private static Prescription with(Patient patient, Prescription.Mixture mixture, Regimen regimen) {
        return new Prescription(
                new PrescriptionId("RX-D" + WardFixture.next()),
                patient.id(),
                "dopamine",
                "dopamine/adult-icu/standard",
                mixture,
                regimen,
                Volume.ofMillilitres("250"),
                Route.INTRAVENOUS,
                NOON,
                NOON.plusSeconds(60),
                true);
    }

    @Test
    void a_number_that_is_taken_and_a_patient_who_is_unknown_are_refused() {
        var patient = aPatient();
        admissions.admit(patient, _ -> anEntry());
        var prescription = aFluidFor(patient);

        assertThat(admissions.prescribe(prescription, anEntry())).isTrue();
        assertThat(admissions.prescribe(prescription, anEntry())).isFalse();
        assertThat(admissions.prescribe(aFluidFor(aPatient()), anEntry())).isFalse();
    }

    @Test
    void a_pump_comes_back_as_enrolled_and_as_replaced() {
        var serial = WardFixture.aChannel().pump();
        var pump =
                new EnrolledPump(serial, "A-1", PumpModel.SYRINGE, 1, "opc.tcp://localhost:4840", "PEM", "key", true);
        fleet.enrol(pump, anEntry());
        var moved = new EnrolledPump(
                serial, "A-2", PumpModel.LARGE_VOLUME, 4, "opc.tcp://localhost:4841", "PEM2", "key2", false);

        assertThat(ward.pump(serial)).contains(pump);

        fleet.enrol(moved, anEntry());
        assertThat(ward.pump(serial)).contains(moved);
        assertThat(fleet.pumps()).contains(moved).doesNotContain(pump);
    }

    @Test
    void the_inventory_is_read_again_after_each_change_of_it_whoever_made_it_and_not_before() {
        var serial = WardFixture.aChannel().pump();
        var pump =
                new EnrolledPump(serial, "A-3", PumpModel.SYRINGE, 1, "opc.tcp://localhost:4842", "PEM", "key", true);
        fleet.enrol(pump, anEntry());
        var read = fleet.pumps();
        assertThat(read).contains(pump);
        assertThat(fleet.pumps()).isSameAs(read);

        byHand("UPDATE enrolled_pump SET asset_id = 'A-4' WHERE serial = '" + serial + "'");

        assertThat(fleet.pumps())
                .isNotSameAs(read)
                .filteredOn(one -> one.serial().equals(serial))
                .extracting(EnrolledPump::assetId)
                .containsExactly("A-4");
        byHand("DELETE FROM enrolled_pump WHERE serial = '" + serial + "'");
        assertThat(fleet.pumps()).noneMatch(one -> one.serial().equals(serial));
    }

    private void byHand(String sql) {
        transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        }));
    }

    @Test
    void no_table_holds_a_name_a_birth_date_or_a_number_of_a_patient_in_clear() {
        var patient = aPatient();
        admissions.admit(patient, _ -> anEntry());
        admissions.prescribe(aFluidFor(patient), anEntry());

        var everything = dump();

        assertThat(everything).contains("adult-icu");
        assertThat(everything)
                .doesNotContain(patient.name(), "Mustermann", patient.id().gsrn(), "1950-02-03");
    }

    @Test
    void a_sealed_value_moved_to_another_patient_does_not_open() {
        var one = aPatient();
        var other = aPatient();
        var rowOfOne = rowOf(one);
        var rowOfOther = rowOf(other);
        run("UPDATE patient SET particulars = (SELECT particulars FROM patient WHERE id = '" + rowOfOne
                + "') WHERE id = '" + rowOfOther + "'");

        assertThatThrownBy(() -> ward.patient(other.id())).hasMessageContaining("does not open");
        run("UPDATE patient SET admitted = false WHERE id = '" + rowOfOther + "'");
    }

    /** Admits the patient and says which row came with it: others in the table may be erased, and hold nothing. */
    private String rowOf(Patient patient) {
        var before = rowIds();
        admissions.admit(patient, _ -> anEntry());
        return rowIds().stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
    }

    private List<String> rowIds() {
        return texts("SELECT id FROM patient");
    }

    private void run(String sql) {
        transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        }));
    }

    /** Every row of every table as text, binary columns in hexadecimal and as the bytes they are. */
    private String dump() {
        var tables = texts("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
        var all = new StringBuilder();
        for (var table : tables) {
            texts("SELECT t::text FROM \"" + table + "\" t").forEach(all::append);
        }
        texts("SELECT encode(particulars, 'escape') FROM patient").forEach(all::append);
        texts("SELECT encode(leaf, 'escape') FROM audit_leaf").forEach(all::append);
        return all.toString();
    }

    private List<String> texts(String sql) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.createStatement();
                    var found = statement.executeQuery(sql)) {
                var texts = new java.util.ArrayList<String>();
                while (found.next()) {
                    texts.add(found.getString(1));
                }
                return List.copyOf(texts);
            }
        }));
    }
}
