package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.audit.DetailSchema;
import io.venule.order.PumpLink.Readiness;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import io.venule.signing.SigningKey;
import io.venule.simulator.FleetPlan;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pump whose word cannot be believed harms only itself. Threats T-29, T-38. */
class BadPumpIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void a_pump_that_signs_with_another_key_is_quarantined_with_the_reason_and_the_others_go_on() {
        var strange = SigningKey.generate(new SecureRandom()).verifyingKey().base64url();
        var bad = new PumpSerial("LV-00001");

        try (var ward = new PumpWard(
                folder,
                new FleetPlan(3, 0, 1, Optional.empty()),
                pump -> pump.serial().equals(bad) ? PumpWard.as(pump, pump.endpoint(), strange) : pump)) {
            await().atMost(PATIENCE).until(() -> state(ward, bad) instanceof SessionState.Quarantined);

            assertThat(state(ward, bad))
                    .isInstanceOfSatisfying(
                            SessionState.Quarantined.class,
                            quarantined ->
                                    assertThat(quarantined.why()).startsWith("a record that cannot be believed"));
            assertThat(ward.link().challenge(new ChannelId(bad, 1)))
                    .isInstanceOfSatisfying(
                            Readiness.NotReachable.class,
                            refused -> assertThat(refused.reason())
                                    .startsWith("the pump is quarantined: a record that cannot be believed"));
            assertThat(ward.doubts).singleElement().satisfies(entry -> {
                assertThat(entry.place()).isEqualTo(bad.value());
                assertThat(entry.said("what")).isEqualTo("quarantined");
                assertThat(DetailSchema.fault(entry)).isEmpty();
            });
            for (var serial : List.of("LV-00002", "SY-00003")) {
                var good = new ChannelId(new PumpSerial(serial), 1);
                await().atMost(PATIENCE).until(() -> ward.link().challenge(good) instanceof Readiness.Ready);
            }
            assertThat(ward.records()).isEmpty();
        }
    }

    private static SessionState state(PumpWard ward, PumpSerial pump) {
        return ward.sessions().state(pump).orElseThrow();
    }
}
