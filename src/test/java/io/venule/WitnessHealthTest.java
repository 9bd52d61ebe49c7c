package io.venule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.venule.audit.OutsideWitnesses;
import io.venule.audit.RamCosignatures;
import io.venule.audit.RamLog;
import io.venule.audit.WitnessKey;
import io.venule.audit.Witnessing;
import io.venule.signing.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** A witness outside is named whole or not at all; how it stands with it is said, and makes nobody unready. Source: docs/configuration.md. */
class WitnessHealthTest {
    private static final Optional<String> KEY = Optional.of(new WitnessKey(
                    "witness.example", SigningKey.generate(new SecureRandom()).verifyingKey())
            .text());
    private static final Optional<URI> URL = Optional.of(URI.create("https://witness.example/log"));

    private record Said(Optional<URI> url, Optional<String> key) implements VenuleSettings.Audit.Witness {}

    private final RamLog log = RamLog.empty("venule.example/log");

    private OutsideWitnesses outside(Optional<URI> url, Optional<String> key) {
        var witnessing = new Witnessing(log, new RamCosignatures(), log.noteKey(), () -> Duration.ofMinutes(1));
        return WitnessHealth.outside(
                new Said(url, key), witnessing, InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z")));
    }

    @Test
    void without_one_nothing_is_asked() {
        assertThat(outside(Optional.empty(), Optional.empty()).all()).isEmpty();
        assertThat(outside(URL, KEY).all()).hasSize(1);
    }

    @Test
    void an_address_without_a_key_a_key_without_an_address_and_what_is_no_key_end_the_start() {
        assertThatThrownBy(() -> outside(URL, Optional.empty())).hasMessageContaining("go together");
        assertThatThrownBy(() -> outside(Optional.empty(), KEY)).hasMessageContaining("go together");
        assertThatThrownBy(() -> outside(URL, Optional.of(log.noteKey().text())))
                .hasMessage("venule.audit.witness.key is no witness's verifier key");
    }

    @Test
    void one_that_is_away_is_said_in_health_and_counted_and_the_server_stays_ready() throws IOException {
        log.grow(5, "entry ");
        URI nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/log");
        }
        var metrics = new SimpleMeterRegistry();
        var health = new WitnessHealth(outside(Optional.of(nobody), KEY), metrics);

        health.round();
        health.round();

        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        assertThat(health.call().getData().orElseThrow().get("witness.example"))
                .asString()
                .contains("gives no answer")
                .endsWith("since 2026-11-21T08:00:00Z");
        assertThat(metrics.get("venule.log.witness.failures").functionCounter().count())
                .isEqualTo(2);
        assertThat(metrics.get("venule.log.witness.entries").gauge().value()).isZero();
        health.stop(new io.quarkus.runtime.ShutdownEvent());
    }
}
