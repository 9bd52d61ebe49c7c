package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.pump.PumpCertificates;
import io.venule.pump.PumpSerial;
import io.venule.signing.Digest;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A certificate that is presented at a pump's address and that the pump was not enrolled with. The fleet's authority made it for this pump; whether it is to be believed a person decides.
 *
 * @param since when it was first seen there
 */
public record OfferedCertificate(PumpSerial pump, X509Certificate certificate, Instant since) {
    /** What a person compares it by. */
    public Digest fingerprint() {
        return fingerprint(certificate);
    }

    /** The entry with what the log says of a certificate: fingerprint, number and last moment. */
    public AuditEntry in(AuditEntry entry) {
        return entry.with("sha256", fingerprint())
                .with("number", certificate.getSerialNumber().toString(16))
                .with("until", certificate.getNotAfter().toInstant().toString());
    }

    /** The SHA-256 value of the certificate's DER bytes. */
    public static Digest fingerprint(X509Certificate certificate) {
        return Digest.of(PumpCertificates.der(certificate));
    }
}
