package io.venule.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.Prescription.Mixture;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.quantity.Amount;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The prescriptions, to rows and back. */
@Singleton
final class PrescriptionRows implements PanacheRepositoryBase<PrescriptionRow, String> {
    private final PatientRows patients;

    PrescriptionRows(PatientRows patients) {
        this.patients = patients;
    }

    Optional<Prescription> prescription(PrescriptionId id) {
        return findByIdOptional(id.value())
                .filter(row -> !patients.isErased(row.patient))
                .map(row -> prescription(row, patients.idOf(row.patient)));
    }

    /** All of one patient, by number. */
    List<Prescription> of(PatientId patient) {
        return find("patient = ?1 order by id", patients.rowId(patient)).stream()
                .map(row -> prescription(row, patient))
                .toList();
    }

    void keep(Prescription prescription) {
        var row = new PrescriptionRow();
        row.id = prescription.id().value();
        row.patient = patients.rowId(prescription.patient());
        row.drug = prescription.drug();
        row.libraryEntry = prescription.libraryEntry();
        row.toInfuseMicrolitres = prescription.toInfuse().microlitres();
        row.route = prescription.route().name();
        row.startableFrom = prescription.from();
        row.startableUntil = prescription.until();
        row.active = prescription.active();
        setMixture(row, prescription.mixture());
        setRegimen(row, prescription.regimen());
        persistAndFlush(row);
    }

    private static void setMixture(PrescriptionRow row, Mixture mixture) {
        switch (mixture) {
            case Mixture.PlainFluid() -> {}
            case Mixture.DrugInVolume(var concentration) -> {
                row.amountValue = concentration.amount().value().canonical();
                row.amountUnit = concentration.amount().unit().ucum();
                row.mixtureMicrolitres = concentration.volume().microlitres();
            }
        }
    }

    private static void setRegimen(PrescriptionRow row, Regimen regimen) {
        switch (regimen) {
            case Regimen.Continuous(var doseRate) -> {
                row.regimen = "CONTINUOUS";
                setDose(row, doseRate);
            }
            case Regimen.Intermittent(var total, var over) -> {
                row.regimen = "INTERMITTENT";
                setDose(row, total);
                row.overMillis = over.toMillis();
            }
            case Regimen.Fluid(var rate) -> {
                row.regimen = "FLUID";
                row.fluidMicrolitresPerHour = rate.microlitresPerHour();
            }
        }
    }

    private static void setDose(PrescriptionRow row, Dose dose) {
        row.doseValue = dose.value().canonical();
        row.doseUnit = dose.unit().ucum();
    }

    static Prescription prescription(PrescriptionRow row, PatientId patient) {
        return new Prescription(
                new PrescriptionId(row.id),
                patient,
                row.drug,
                row.libraryEntry,
                mixture(row),
                regimen(row),
                new Volume(row.toInfuseMicrolitres),
                Route.valueOf(row.route),
                row.startableFrom,
                row.startableUntil,
                row.active);
    }

    private static Mixture mixture(PrescriptionRow row) {
        if (row.amountValue == null) {
            return new Mixture.PlainFluid();
        }
        var unit = AmountUnit.ofUcum(filled(row.amountUnit)).orElseThrow();
        var amount = Amount.of(row.amountValue, unit);
        return new Mixture.DrugInVolume(new Concentration(amount, new Volume(filled(row.mixtureMicrolitres))));
    }

    private static Regimen regimen(PrescriptionRow row) {
        return switch (row.regimen) {
            case "CONTINUOUS" -> new Regimen.Continuous(dose(row));
            case "INTERMITTENT" -> new Regimen.Intermittent(dose(row), Duration.ofMillis(filled(row.overMillis)));
            case "FLUID" -> new Regimen.Fluid(new FlowRate(filled(row.fluidMicrolitresPerHour)));
            default -> throw new IllegalStateException("a prescription of an unknown regimen: " + row.id);
        };
    }

    private static Dose dose(PrescriptionRow row) {
        return Dose.of(filled(row.doseValue), filled(row.doseUnit));
    }

    /** A column that the table's checks hold filled for this kind of row. */
    private static <T> T filled(@Nullable T value) {
        return Objects.requireNonNull(value, "a prescription's column is empty");
    }
}
