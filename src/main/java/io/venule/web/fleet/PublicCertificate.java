package io.venule.web.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.venule.order.OfferedCertificate;
import io.venule.pump.PumpCertificates;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A pump's certificate for programs; times in UTC. Of one that cannot be read only {@code pem} says anything.
 *
 * @param number its serial number, hexadecimal
 * @param sha256 its fingerprint: the SHA-256 value of its DER bytes
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PublicCertificate(String subject, String number, String from, String until, String sha256, String pem) {
    /** All that a PEM text holds, the newest first. */
    static List<PublicCertificate> all(String pem) {
        try {
            return PumpCertificates.of(pem).stream().map(PublicCertificate::of).toList();
        } catch (IllegalArgumentException e) {
            return List.of(new PublicCertificate("", "", "", "", "", pem));
        }
    }

    static PublicCertificate of(X509Certificate certificate) {
        return new PublicCertificate(
                certificate.getSubjectX500Principal().getName(),
                certificate.getSerialNumber().toString(16),
                certificate.getNotBefore().toInstant().toString(),
                certificate.getNotAfter().toInstant().toString(),
                OfferedCertificate.fingerprint(certificate).hex(),
                PumpCertificates.pem(certificate));
    }
}
