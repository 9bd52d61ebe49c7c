package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import io.venule.stack.Strangers;
import io.venule.stack.VenuleStack;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Strangers hold connections open and ask as fast as they can, at the server's door and at the pump's; a nurse's STOP gets through each time.
 * Threat T-69. How long it takes is a matter of {@code ops/bench orders -Dbench.parts=flood}.
 */
@QuarkusTest
@WithTestResource(StackResource.class)
class FloodIT {
    private static final String NURSE = "nurse";
    private static final String PRESCRIPTION = "RX-1014";
    private static final int CHANNEL = 4;

    private static final int STOPS = 20;

    @Nullable
    VenuleStack stack;

    @Test
    void a_stop_gets_through_while_strangers_flood_server_and_pump() throws Exception {
        var running = Objects.requireNonNull(stack);
        try (var ward = WardAtWork.in(running);
                var api = new Api(running)) {
            var order = ward.placed(PRESCRIPTION, ward.tag(WardAtWork.RACK, CHANNEL));
            ward.press(WardAtWork.RACK, CHANNEL, "start");
            await().atMost(Duration.ofSeconds(20)).until(() -> state(api, order).equals("RUNNING"));

            try (var flood = new Strangers(running, WardAtWork.RACK)) {
                await().atMost(Duration.ofSeconds(30)).until(flood::isHigh);
                for (int i = 0; i < STOPS; i++) {
                    var said = api.post(NURSE, "/api/v1/orders/" + order + "/stop", Map.of("reason", "OTHER"));
                    assertThat(said.status()).as(said.text()).isEqualTo(200);
                }
                assertThat(flood.isHigh()).as("to the end").isTrue();
            }

            ward.press(WardAtWork.RACK, CHANNEL, "stop");
            await().atMost(Duration.ofSeconds(20)).until(() -> state(api, order).equals("STOPPED"));
            api.get(NURSE, "/q/health/ready").expect(200);
        }
    }

    private static String state(Api api, String order) throws IOException, InterruptedException {
        return api.get(NURSE, "/api/v1/orders/" + order).expect(200).text("state");
    }
}
