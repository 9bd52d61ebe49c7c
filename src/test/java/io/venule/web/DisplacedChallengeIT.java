package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.order.PumpLink;
import io.venule.order.PumpLink.Readiness;
import io.venule.pump.ChannelId;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The pump was asked ahead, sixteen others asked it while the nurse read, and it has forgotten the first: the nurse's tap ends in an order all the same, over broker, OPC UA and database. P-05.
 */
@QuarkusTest
@WithTestResource(StackResource.class)
class DisplacedChallengeIT {
    private static final String NURSE = "nurse";
    private static final String PRESCRIPTION = "RX-1012";
    private static final int CHANNEL = 3;
    private static final int REMEMBERED = 16;
    private static final int ATTEMPTS = 5;

    @Nullable
    VenuleStack stack;

    @Inject
    PumpLink link;

    /**
     * A challenge that was asked for while the channel was still telling of something else is of no use and not sent, and then nothing is displaced: so more than one
     * attempt, each of which ends in one order.
     */
    @Test
    void a_tap_for_a_challenge_that_others_displaced_ends_in_one_order_at_the_pump() throws Exception {
        var running = Objects.requireNonNull(stack);
        try (var ward = WardAtWork.in(running);
                var api = new Api(running)) {
            var displaced = 0L;
            for (int attempt = 0; attempt < ATTEMPTS && displaced == 0; attempt++) {
                displaced = displaced(running, ward, api);
            }

            assertThat(displaced).isOne();
        }
    }

    /** One order by a challenge that many others followed; how often the pump refused it before it took it. */
    private long displaced(VenuleStack running, WardAtWork ward, Api api) throws Exception {
        var before = refusedForTheirNonce(api);
        var form = shown(ward, api);
        var pump = running.pumps().get(WardAtWork.RACK).enrolment().serial();
        for (int i = 0; i < REMEMBERED; i++) {
            assertThat(link.challenge(new ChannelId(pump, CHANNEL))).isInstanceOf(Readiness.Ready.class);
        }

        var order = api.post(NURSE, "/api/v1/orders", form).expect(201).text("id");

        var again = api.post(NURSE, "/api/v1/orders", form).expect(200);
        assertThat(again.text("id")).isEqualTo(order);
        assertThat(again.text("state")).isEqualTo("WAITING");
        api.post(NURSE, "/api/v1/orders/" + order + "/cancel", Map.of("reason", "NOT_NEEDED"))
                .expect(200);
        return refusedForTheirNonce(api) - before;
    }

    private static long refusedForTheirNonce(Api api) throws IOException, InterruptedException {
        return api.get(NURSE, "/api/v1/orders").expect(200).json().findParents("code").stream()
                .filter(known -> known.path("prescription").asText().equals(PRESCRIPTION))
                .filter(known -> known.path("code").asText().equals("NONCE"))
                .count();
    }

    /** What the nurse is shown, as soon as nothing waits on the channel. */
    private static Map<String, Object> shown(WardAtWork ward, Api api) throws IOException, InterruptedException {
        var form = new HashMap<String, Object>(Map.of(
                "wristband", ward.band(PRESCRIPTION),
                "bag", ward.bag(PRESCRIPTION),
                "pumpTag", ward.tag(WardAtWork.RACK, CHANNEL),
                "submission", UUID.randomUUID().toString()));
        await().atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> {
                    var shown = api.post(NURSE, "/api/v1/orders/check", form).expect(200);
                    assertThat(shown.text("verdict")).as(shown.text()).isEqualTo("READY");
                    form.put("displayed", shown.text("displayed"));
                });
        return form;
    }
}
