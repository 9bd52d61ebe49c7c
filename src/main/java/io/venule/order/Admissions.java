package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.prescription.Patient;
import io.venule.prescription.Prescription;
import io.venule.signing.Digest;
import java.util.List;
import java.util.function.Function;

/** Enters patients and prescriptions, each with its audit entry in one transaction; until an EHR does, people and the demo do. */
public interface Admissions {
    /** Admits a patient, or replaces what is on record of one; the entry names the patient by the commitment that it is given. */
    void admit(Patient patient, Function<Digest, AuditEntry> entry);

    /** Enters a prescription; returns false, and keeps nothing, when the number is taken or the patient unknown. */
    boolean prescribe(Prescription prescription, AuditEntry entry);

    /** The admitted patients, at most 500, by care area. Reading names is reading patient data. */
    List<Patient> admitted();
}
