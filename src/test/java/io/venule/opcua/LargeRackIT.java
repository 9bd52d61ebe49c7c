package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.order.PumpLink.Readiness;
import io.venule.pump.ChannelId;
import io.venule.simulator.FleetPlan;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rack of as many channels as the contract allows: a server of OPC UA refuses to be asked about all of them in one request. */
class LargeRackIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void the_last_channel_of_the_largest_rack_is_served_like_the_first() {
        try (var ward = new PumpWard(folder, FleetPlan.ofRacks(1, ChannelId.MAX_CHANNELS))) {
            await().atMost(PATIENCE).until(ward::isOpen);
            var pump = ward.fleet().pumps().getFirst().enrolment().serial();
            var last = new ChannelId(pump, ChannelId.MAX_CHANNELS);

            var ready = ward.link().challenge(last);

            assertThat(ready)
                    .isInstanceOfSatisfying(
                            Readiness.Ready.class,
                            answer -> assertThat(answer.challenge().channel()).isEqualTo(last));
        }
    }
}
