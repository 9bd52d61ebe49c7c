package io.venule.web.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.simulator.FleetCa;
import io.venule.web.Shown;
import io.venule.web.Times;
import io.venule.web.TimesFixture;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which certificates somebody must see to, and how soon: 30, 7 and 1 days before they end. EXPECTATIONS row 35. */
class CertificateTest {
    private static final Instant END = Instant.parse("2027-01-31T12:00:00Z");
    private static final String PEM =
            pem(FleetCa.create("Test fleet", END.minus(Duration.ofDays(200)), new SecureRandom())
                    .issueApplication("LV-00001", "urn:venule:LV-00001", END)
                    .certificate());

    @ParameterizedTest
    @CsvSource({
        "2592001, good, valid",
        "2592000, good, valid",
        "2591999, low,  expires in 29 days",
        "604801,  low,  expires in 7 days",
        "604800,  low,  expires in 7 days",
        "604799,  warn, 'expires within a week, in 6 days'",
        "172799,  warn, 'expires within a week, in 1 day'",
        "86401,   warn, 'expires within a week, in 1 day'",
        "86400,   warn, 'expires within a week, in 1 day'",
        "86399,   bad,  expires within a day",
        "1,       bad,  expires within a day",
        "0,       bad,  expires within a day",
        "-1,      bad,  expired"
    })
    void a_certificate_is_warned_of_thirty_seven_and_one_days_before_its_end(
            long secondsLeft, String tone, String word) {
        var now = END.minusSeconds(secondsLeft);
        var warned = !tone.equals("good");

        assertThat(Certificate.of(PEM, now, times(now)).look().tone()).isEqualTo(tone);
        assertThat(Certificate.of(PEM, now, times(now)).word()).isEqualTo(word);
        assertThat(new CertificateEnds().isSoon(PEM, now)).isEqualTo(warned);
    }

    @Test
    void the_three_warnings_differ_in_shape_too() {
        assertThat(Stream.of(40, 20, 3, 0)
                        .map(days -> END.minus(Duration.ofDays(days)))
                        .map(now -> Certificate.of(PEM, now, times(now)).look().icon()))
                .doesNotHaveDuplicates();
    }

    @Test
    void one_that_cannot_be_read_is_warned_of_too() {
        assertThat(new CertificateEnds().isSoon("none", END)).isTrue();
        assertThat(Board.Expiring.of(pump("none"), Certificate.of("none", END, times(END))))
                .isEqualTo(new Board.Expiring("LV-00001", "A1001", new Shown("bad", "x-octagon-fill"), "not readable"));
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Times times(Instant now) {
        return TimesFixture.at(InstantSource.fixed(now));
    }

    private static EnrolledPump pump(String certificate) {
        return new EnrolledPump(
                new PumpSerial("LV-00001"),
                "A1001",
                PumpModel.LARGE_VOLUME,
                1,
                "opc.tcp://pump:4840",
                certificate,
                "",
                true,
                EnrolledPump.NO_WARD);
    }
}
