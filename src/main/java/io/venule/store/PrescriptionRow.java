package io.venule.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A prescription as kept; which columns are filled says which mixture and regimen it is, and the table's checks hold that. */
@Entity
@Table(name = "prescription")
class PrescriptionRow {
    @Id
    String id;

    @Column(name = "patient")
    String patient;

    @Column(name = "drug")
    String drug;

    @Column(name = "library_entry")
    String libraryEntry;

    @Column(name = "amount_value")
    @Nullable
    String amountValue;

    @Column(name = "amount_unit")
    @Nullable
    String amountUnit;

    @Column(name = "mixture_ul")
    @Nullable
    Long mixtureMicrolitres;

    @Column(name = "regimen")
    String regimen;

    @Column(name = "dose_value")
    @Nullable
    String doseValue;

    @Column(name = "dose_unit")
    @Nullable
    String doseUnit;

    @Column(name = "over_ms")
    @Nullable
    Long overMillis;

    @Column(name = "fluid_ul_per_h")
    @Nullable
    Long fluidMicrolitresPerHour;

    @Column(name = "vtbi_ul")
    long toInfuseMicrolitres;

    @Column(name = "route")
    String route;

    @Column(name = "startable_from")
    Instant startableFrom;

    @Column(name = "startable_until")
    Instant startableUntil;

    @Column(name = "active")
    boolean active;

    /** For Hibernate, and for {@link PrescriptionRows}, which fill every field. */
    @SuppressWarnings("NullAway.Init")
    PrescriptionRow() {}
}
