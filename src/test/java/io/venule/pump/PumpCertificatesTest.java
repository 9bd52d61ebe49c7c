package io.venule.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.simulator.FleetCa;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificates that a pump is enrolled with, from text and to text. */
class PumpCertificatesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final X509Certificate OLDEST = issued(NOW.minus(Duration.ofDays(600)));
    private static final X509Certificate OLD = issued(NOW.minus(Duration.ofDays(300)));
    private static final X509Certificate NEXT = issued(NOW);

    private static X509Certificate issued(Instant at) {
        return FleetCa.create("Test fleet CA", at, new SecureRandom())
                .issueApplication("LV-00001", "urn:venule:simulator:LV-00001")
                .certificate();
    }

    @Test
    void they_come_newest_first_in_whatever_order_they_stand() {
        var text = PumpCertificates.pem(OLD) + PumpCertificates.pem(NEXT) + PumpCertificates.pem(OLDEST);

        assertThat(PumpCertificates.of(text)).containsExactly(NEXT, OLD, OLDEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "noise", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void what_is_none_is_refused(String text) {
        assertThatThrownBy(() -> PumpCertificates.of(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PumpCertificates.first(text.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_first_of_a_chain_in_der_is_the_one_that_it_begins_with() {
        var chain = new byte[PumpCertificates.der(OLD).length + PumpCertificates.der(NEXT).length];
        System.arraycopy(PumpCertificates.der(OLD), 0, chain, 0, PumpCertificates.der(OLD).length);
        System.arraycopy(
                PumpCertificates.der(NEXT),
                0,
                chain,
                PumpCertificates.der(OLD).length,
                PumpCertificates.der(NEXT).length);

        assertThat(PumpCertificates.first(chain)).isEqualTo(OLD);
    }

    @Test
    void the_next_one_is_believed_beside_the_newest_before_it_and_no_other() {
        var enrolled = PumpCertificates.pem(OLDEST) + PumpCertificates.pem(OLD);

        assertThat(PumpCertificates.of(PumpCertificates.withNext(enrolled, NEXT)))
                .containsExactly(NEXT, OLD);
        assertThat(PumpCertificates.of(PumpCertificates.withNext(PumpCertificates.pem(NEXT), NEXT)))
                .as("enrolled already")
                .containsExactly(NEXT);
        assertThat(PumpCertificates.of(PumpCertificates.withNext(enrolled, OLD)))
                .containsExactly(OLD, OLDEST);
    }
}
