package io.venule.web.fleet;

import io.venule.order.Nearness;
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

    static Shown look(Duration left) {
        return switch (Nearness.of(left)) {
            case OVER, WITHIN_A_DAY -> new Shown("bad", "x-octagon-fill");
            case WITHIN_A_WEEK -> new Shown("warn", "exclamation-triangle-fill");
            case WITHIN_A_MONTH -> new Shown("low", "hourglass-split");
            case FAR -> new Shown(GOOD, "check-circle-fill");
        };
    }

    static String word(Duration left) {
        return switch (Nearness.of(left)) {
            case OVER -> "expired";
            case WITHIN_A_DAY -> "expires within a day";
            case WITHIN_A_WEEK -> "expires within a week, in " + days(left);
            case WITHIN_A_MONTH -> "expires in " + days(left);
            case FAR -> "valid";
        };
    }

    private static String days(Duration left) {
        return left.toDays() + (left.toDays() == 1 ? " day" : " days");
    }
}
