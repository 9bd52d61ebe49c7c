package io.venule.web.fleet;

import io.venule.web.Times;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * A pump's certificate in words. Warned of at 30, 7 and 1 days, because a pump whose certificate ends cannot be reached any more.
 *
 * @param tone {@code good}, {@code warn} or {@code bad}
 * @param word what the tone means
 */
public record Certificate(String subject, String until, String tone, String word) {
    /** Nearly over or over, or not readable: somebody must act before the pump cannot be reached any more. */
    boolean isShort() {
        return !tone.equals("good");
    }

    static Certificate of(String pem, Instant now, Times times) {
        try {
            var parsed = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            var end = parsed.getNotAfter().toInstant();
            var left = Duration.between(now, end);
            return new Certificate(
                    parsed.getSubjectX500Principal().getName(), times.show(end).exact(), tone(left), word(left));
        } catch (CertificateException e) {
            return new Certificate("", "", "bad", "not readable");
        }
    }

    private static String tone(Duration left) {
        if (left.toDays() < 1) {
            return "bad";
        }
        return left.toDays() < 30 ? "warn" : "good";
    }

    private static String word(Duration left) {
        if (left.isNegative()) {
            return "expired";
        }
        return left.toDays() < 30 ? "expires in " + left.toDays() + (left.toDays() == 1 ? " day" : " days") : "valid";
    }
}
