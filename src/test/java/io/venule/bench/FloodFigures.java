package io.venule.bench;

import static org.awaitility.Awaitility.await;

import io.venule.bench.Figures.Of;
import io.venule.order.OrderId;
import io.venule.stack.Api;
import io.venule.stack.Strangers;
import io.venule.stack.VenuleStack;
import java.time.Duration;
import java.util.Map;

/** A nurse's STOP over REST, until the pump has said that it shows it, while strangers flood the server and the pump. Threat T-69. */
final class FloodFigures {
    private static final String NURSE = "nurse";
    private static final int STOPS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final VenuleStack stack;

    FloodFigures(VenuleStack stack) {
        this.stack = stack;
    }

    /** @param order one that runs */
    void measure(Figures figures, OrderId order) throws Exception {
        var mine = new double[Figures.ROUNDS];
        var theirs = new double[Figures.ROUNDS];
        try (var api = new Api(stack)) {
            stops(api, order);
            for (int i = 0; i < Figures.ROUNDS; i++) {
                theirs[i] = stops(api, order);
                try (var flood = new Strangers(stack, Bedside.RACK)) {
                    await().atMost(PATIENCE).until(flood::isHigh);
                    mine[i] = stops(api, order);
                }
            }
        }
        figures.add(
                new Of(
                        "STOP while strangers flood server and pump, p99",
                        "ms",
                        "the same STOP with nobody else there, p99"),
                mine,
                theirs,
                "goal 2000; " + STOPS + " a round; " + Strangers.SLOW + " slow and " + Strangers.FAST
                        + " fast strangers at the server, " + Strangers.SLOW_AT_THE_PUMP
                        + " slow ones at the pump, on the same processors");
    }

    private static double stops(Api api, OrderId order) throws Exception {
        return Figures.percentile(
                Figures.times(
                        STOPS,
                        () -> api.post(NURSE, "/api/v1/orders/" + order + "/stop", Map.of("reason", "OTHER"))
                                .expect(200)),
                99);
    }
}
