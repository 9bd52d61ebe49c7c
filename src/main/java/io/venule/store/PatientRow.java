package io.venule.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A patient as kept: a keyed hash, one sealed box, and what the ward's lists are ordered by. */
@Entity
@Table(name = "patient")
class PatientRow {
    @Id
    String id;

    @Column(name = "particulars")
    byte[] particulars;

    @Column(name = "care_area")
    String careArea;

    @Column(name = "admitted")
    boolean admitted;

    /** Sealed; the commitment is made with it. None in rows from before there were any, and of an erased patient. */
    @Column(name = "salt")
    byte @Nullable [] salt;

    @Column(name = "commitment")
    @Nullable
    String commitment;

    @Column(name = "erased")
    boolean erased;

    /** For Hibernate, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    PatientRow() {}

    PatientRow(String id, byte[] particulars, String careArea, boolean admitted) {
        this.id = id;
        this.particulars = particulars;
        this.careArea = careArea;
        this.admitted = admitted;
    }

    @Override
    public String toString() {
        return "patient row " + id.substring(0, 8);
    }
}
