package io.venule.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.bench.Figures.Of;
import io.venule.messaging.OrderFlood;
import io.venule.order.EndForm;
import io.venule.order.Ended;
import io.venule.order.OrderView;
import io.venule.order.StopDesk;

/** A nurse's STOP of what runs, until the pump has said that it shows it, while ten thousand orders for the same channel wait in the queue. */
final class StopFigures {
    static final int QUEUED = 10_000;
    private static final int STOPS = 100;

    private final Bedside bedside;
    private final StopDesk desk;
    private final OrderFlood flood;

    StopFigures(Bedside bedside, StopDesk desk, OrderFlood flood) {
        this.bedside = bedside;
        this.desk = desk;
        this.flood = flood;
    }

    /** @param order one that runs */
    void measure(Figures figures, OrderView order) throws Exception {
        stops(order);
        var mine = new double[Figures.ROUNDS];
        var theirs = new double[Figures.ROUNDS];
        var left = Long.MAX_VALUE;
        for (int i = 0; i < Figures.ROUNDS; i++) {
            theirs[i] = Figures.percentile(stops(order), 99);
            flood.put(bedside.channel(), QUEUED);
            mine[i] = Figures.percentile(stops(order), 99);
            left = Math.min(left, flood.takeOut());
            assertThat(left).as("orders still queued behind the last stop").isPositive();
        }
        figures.add(
                new Of("STOP behind 10,000 queued orders, p99", "ms", "the same STOP with nothing queued, p99"),
                mine,
                theirs,
                "goal 1000; " + STOPS + " a round, at least " + left + " orders still queued after the last");
    }

    private double[] stops(OrderView order) throws Exception {
        var form = new EndForm(order.id(), EndForm.What.STOP, EndForm.Reason.OTHER);
        return Figures.times(
                STOPS, () -> assertThat(desk.end(form, bedside.nurse())).isInstanceOf(Ended.Shown.class));
    }
}
