package io.venule.order;

import io.venule.prescription.PatientId;
import io.venule.signing.Digest;
import java.util.Optional;

/**
 * Under which commitment orders, pumps and the audit log name a patient: an HMAC of the number under a salt that is the patient's own and can be
 * destroyed. Source: docs/audit-format.md, "Erasing a patient".
 */
@FunctionalInterface
public interface Commitments {
    /** The commitment; empty where no such patient is on record. */
    Optional<Digest> of(PatientId patient);
}
