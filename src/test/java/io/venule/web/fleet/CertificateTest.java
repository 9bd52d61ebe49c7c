package io.venule.web.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.simulator.FleetCa;
import io.venule.web.Times;
import io.venule.web.TimesFixture;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which certificates somebody must see to, and since when: 30 days before they end. EXPECTATIONS row 35. */
class CertificateTest {
    private static final Instant END = Instant.parse("2027-01-31T12:00:00Z");
    private static final String PEM =
            pem(FleetCa.create("Test fleet", END.minus(Duration.ofDays(200)), new SecureRandom())
                    .issueApplication("LV-00001", "urn:venule:LV-00001", END)
                    .certificate());

    @ParameterizedTest
    @CsvSource({
        "2592001, valid,              false",
        "2592000, valid,              false",
        "2591999, expires in 29 days, true",
        "172799,  expires in 1 day,   true",
        "86399,   expires in 0 days,  true",
        "0,       expires in 0 days,  true",
        "-1,      expired,            true"
    })
    void a_certificate_is_warned_of_from_thirty_days_before_its_end(long secondsLeft, String word, boolean warned) {
        var now = END.minusSeconds(secondsLeft);

        assertThat(Certificate.of(PEM, now, times(now)).word()).isEqualTo(word);
        assertThat(Board.expiring(List.of(pump(PEM)), now, times(now))).hasSize(warned ? 1 : 0);
    }

    @Test
    void one_that_cannot_be_read_is_warned_of_too() {
        assertThat(Board.expiring(List.of(pump("none")), END, times(END)))
                .containsExactly(new Board.Expiring("LV-00001", "A1001", "not readable"));
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
