package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.pki.FleetAuthority;
import io.venule.pki.FleetAuthority.Lifetime;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of revoked certificates while the server runs. Threat T-27; docs/pki.md, "Revoking". */
class RevocationListTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final FleetAuthority AUTHORITY = authority();
    private static final X509Certificate PUMP = pump();

    @TempDir
    private Path folder;

    @BeforeEach
    void layAnEmptyList() throws Exception {
        lay(AUTHORITY, NOW, List.of());
    }

    private static FleetAuthority authority() {
        try {
            return FleetAuthority.create("Fleet", Lifetime.of(NOW, FleetAuthority.LIFETIME), RANDOM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate pump() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var key = generator.generateKeyPair().getPublic();
            return AUTHORITY.user("LV-1", key, Lifetime.of(NOW, MONTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file() {
        return folder.resolve("ca.crl");
    }

    private void lay(FleetAuthority by, Instant at, List<BigInteger> serials) throws Exception {
        var list = by.revoked(serials, BigInteger.ONE, new Lifetime(at, at.plus(MONTH)));
        Files.writeString(file(), pem(list));
    }

    private static String pem(X509CRL list) throws GeneralSecurityException {
        return "-----BEGIN X509 CRL-----\n" + Base64.getMimeEncoder().encodeToString(list.getEncoded())
                + "\n-----END X509 CRL-----\n";
    }

    private RevocationList list() {
        return new RevocationList(file(), AUTHORITY.certificate());
    }

    @Test
    void a_newer_list_is_taken_up_once() throws Exception {
        var list = list();
        assertThat(list.names(PUMP)).isFalse();
        lay(AUTHORITY, NOW.plusSeconds(1), List.of(PUMP.getSerialNumber()));

        assertThat(list.refresh()).isTrue();
        assertThat(list.refresh()).as("the same again").isFalse();
        assertThat(list.names(PUMP)).isTrue();
        assertThat(list.speaksAgainst(PUMP, NOW)).isTrue();
    }

    @Test
    void an_older_list_does_not_bring_a_pump_back() throws Exception {
        lay(AUTHORITY, NOW.plusSeconds(10), List.of(PUMP.getSerialNumber()));
        var list = list();
        lay(AUTHORITY, NOW.plusSeconds(9), List.of());

        assertThat(list.refresh()).isFalse();
        assertThat(list.names(PUMP)).isTrue();
    }

    @Test
    void a_list_by_anybody_else_or_none_at_all_changes_nothing() throws Exception {
        var list = list();
        lay(authority(), NOW.plusSeconds(10), List.of(PUMP.getSerialNumber()));
        assertThat(list.refresh()).isFalse();
        Files.writeString(file(), "noise");
        assertThat(list.refresh()).isFalse();
        Files.delete(file());

        assertThat(list.refresh()).isFalse();
        assertThat(list.names(PUMP)).isFalse();
    }

    @Test
    void a_list_that_ran_out_or_is_not_the_authority_s_speaks_against_every_pump() throws Exception {
        assertThat(list().speaksAgainst(PUMP, NOW.plus(MONTH))).isFalse();
        assertThat(list().speaksAgainst(PUMP, NOW.plus(MONTH).plusMillis(1))).isTrue();
        lay(authority(), NOW, List.of());

        assertThat(list().speaksAgainst(PUMP, NOW)).isTrue();
    }

    @Test
    void without_a_list_there_is_no_start() throws IOException {
        Files.writeString(file(), "noise");

        assertThatThrownBy(this::list)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ca.crl");
    }

    @Test
    void until_when_it_counts_is_known_and_moves_with_the_next_one() throws Exception {
        var list = list();
        assertThat(list.until()).isEqualTo(NOW.plus(MONTH));
        assertThat(list.speaksAgainst(PUMP, list.until())).isFalse();
        assertThat(list.speaksAgainst(PUMP, list.until().plusMillis(1))).isTrue();

        lay(AUTHORITY, NOW.plusSeconds(60), List.of());
        list.refresh();

        assertThat(list.until()).isEqualTo(NOW.plusSeconds(60).plus(MONTH));
    }
}
