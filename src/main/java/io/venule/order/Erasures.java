package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.prescription.PatientId;
import io.venule.signing.Digest;
import java.util.function.Function;

/** Erases what is on record of a patient; the record of what was done stays, and leads to nobody. Source: docs/audit-format.md, "Erasing a patient". */
public interface Erasures {
    /** Erases number, particulars and salt, together with the entry that says so of this commitment. */
    Erasure erase(PatientId patient, Function<Digest, AuditEntry> entry);

    /** What came of it. */
    sealed interface Erasure {
        /** Nothing leads from this commitment to a person any more. */
        record Erased(Digest commitment) implements Erasure {}

        /** No such patient is on record, or not any more. */
        record Unknown() implements Erasure {}

        /** An order of the patient is open: nothing was erased. */
        record InTreatment() implements Erasure {}
    }
}
