package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.signing.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The durable record of certificates that wait for a biomedical engineer. A pump can have as many as the fleet's authority made for it. Each method is one transaction, and throws
 * {@link RecordUnavailable} where it cannot be made.
 */
public interface OfferedCertificates {
    /** Of each pump that has any, those that wait, the latest seen first. */
    Map<PumpSerial, List<OfferedCertificate>> waiting();

    /** Keeps it with its entry. Nothing happens where it waits already, or is enrolled by now. */
    void keep(OfferedCertificate offered, AuditEntry entry);

    /** None waits any more: the pump was reached under what it is enrolled with. */
    void withdraw(PumpSerial pump);

    /** Enrols the pump under this certificate and the newest that it had before, with the entry, and nothing waits for it any more; empty, and no entry, where none with this fingerprint waits. */
    Optional<EnrolledPump> accept(PumpSerial pump, Digest fingerprint, Function<OfferedCertificate, AuditEntry> entry);
}
