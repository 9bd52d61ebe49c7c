package io.venule.web.fleet;

import io.venule.web.Shown;
import io.venule.web.Times;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * A pump's certificate in words. Warned of at 30, 7 and 1 days, each in other words and another tone, because a pump whose certificate ends cannot be reached any more.
 * Source: EXPECTATIONS row 35.
 *
 * @param word what the look means
 */
public record Certificate(String subject, String until, Shown look, String word) {
    private static final Duration EARLY = Duration.ofDays(30);
    private static final Duration SOON = Duration.ofDays(7);
    private static final Duration NOW = Duration.ofDays(1);
    private static final String GOOD = "good";

    /** Nearly over or over, or not readable: somebody must act before the pump cannot be reached any more. */
    boolean isShort() {
        return !look.tone().equals(GOOD);
    }

    static Certificate of(String pem, Instant now, Times times) {
        try {
            var parsed = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            var end = parsed.getNotAfter().toInstant();
            var left = Duration.between(now, end);
            return new Certificate(
                    parsed.getSubjectX500Principal().getName(), times.show(end).exact(), look(left), word(left));
        } catch (CertificateException e) {
            return new Certificate("", "", new Shown("bad", "x-octagon-fill"), "not readable");
        }
    }

    private static Shown look(Duration left) {
        if (left.compareTo(NOW) < 0) {
            return new Shown("bad", "x-octagon-fill");
        }
        if (left.compareTo(SOON) < 0) {
            return new Shown("warn", "exclamation-triangle-fill");
        }
        return left.compareTo(EARLY) < 0 ? new Shown("low", "hourglass-split") : new Shown(GOOD, "check-circle-fill");
    }

    private static String word(Duration left) {
        if (left.isNegative()) {
            return "expired";
        }
        if (left.compareTo(NOW) < 0) {
            return "expires within a day";
        }
        if (left.compareTo(SOON) < 0) {
            return "expires within a week, in " + days(left);
        }
        return left.compareTo(EARLY) < 0 ? "expires in " + days(left) : "valid";
    }

    private static String days(Duration left) {
        return left.toDays() + (left.toDays() == 1 ? " day" : " days");
    }
}
