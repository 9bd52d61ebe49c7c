package io.venule.web.fleet;

import io.venule.order.OfferedCertificate;
import io.venule.pump.PumpCertificates;
import io.venule.signing.Digest;
import io.venule.web.Shown;
import io.venule.web.TimeLeft;
import io.venule.web.Times;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A pump's certificate in words. Warned of at 30, 7 and 1 days, each in other words and another tone, because a pump whose certificate ends cannot be reached any more.
 * Source: EXPECTATIONS row 35.
 *
 * @param sha256 its fingerprint, in groups of four digits
 * @param word what the look means
 */
public record Certificate(String subject, String until, String sha256, Shown look, String word) {
    /** Nearly over or over, or not readable: somebody must act before the pump cannot be reached any more. */
    boolean isShort() {
        return !look.tone().equals("good");
    }

    /** The newest that the pump is enrolled with. */
    static Certificate of(String pem, Instant now, Times times) {
        return all(pem, now, times).getFirst();
    }

    /** All that the pump is enrolled with, the newest first; one without a subject where they cannot be read. */
    static List<Certificate> all(String pem, Instant now, Times times) {
        try {
            return PumpCertificates.of(pem).stream()
                    .map(certificate -> of(certificate, now, times))
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of(new Certificate("", "", "", new Shown("bad", "x-octagon-fill"), "not readable"));
        }
    }

    static Certificate of(X509Certificate certificate, Instant now, Times times) {
        var end = certificate.getNotAfter().toInstant();
        var left = new TimeLeft(Duration.between(now, end));
        return new Certificate(
                certificate.getSubjectX500Principal().getName(),
                times.show(end).exact(),
                grouped(OfferedCertificate.fingerprint(certificate)),
                left.look(),
                left.word());
    }

    /** Four digits at a time, for two people to compare. */
    private static String grouped(Digest fingerprint) {
        return fingerprint.hex().replaceAll("(.{4})(?=.)", "$1 ");
    }
}
