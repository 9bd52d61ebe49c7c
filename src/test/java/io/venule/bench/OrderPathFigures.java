package io.venule.bench;

import static io.venule.bench.Figures.percentile;

import io.venule.bench.Figures.Of;
import java.util.stream.DoubleStream;

/** From a nurse's yes to the pump's receipt, both recorded, beside the sum of its bare parts. */
final class OrderPathFigures {
    private static final int SAMPLES = Integer.getInteger("bench.samples", 40);
    /** A server runs for weeks: rounds until what is called often is compiled. */
    private static final int WARM_UP = Integer.getInteger("bench.warmup.rounds", 5);

    private final Bedside bedside;
    private final BareParts bare;

    OrderPathFigures(Bedside bedside, BareParts bare) {
        this.bedside = bedside;
        this.bare = bare;
    }

    void measure(Figures figures) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            round();
            bareRound();
        }
        var mine = new Percentiles();
        var theirs = new Percentiles();
        for (int i = 0; i < Figures.ROUNDS; i++) {
            theirs.add(bareRound());
            mine.add(round());
        }
        var tap = "tapped " + Bedside.LOOK.toMillis() + " ms after the verdict";
        var sum = "one Milo call, two commits, one request and reply, one after the other";
        figures.add(new Of("approve to receipt, p50", "ms", sum), mine.middle(), theirs.middle(), "goal 1.5; " + tap);
        figures.add(
                new Of("approve to receipt, p99", "ms", sum), mine.high(), theirs.high(), SAMPLES + " a round; " + tap);
    }

    private static final class Percentiles {
        private double[] middle = {};
        private double[] high = {};

        void add(double[] times) {
            middle = DoubleStream.concat(DoubleStream.of(middle), DoubleStream.of(percentile(times, 50)))
                    .toArray();
            high = DoubleStream.concat(DoubleStream.of(high), DoubleStream.of(percentile(times, 99)))
                    .toArray();
        }

        double[] middle() {
            return middle;
        }

        double[] high() {
            return high;
        }
    }

    private double[] round() throws Exception {
        var took = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            var shown = bedside.shown();
            var from = System.nanoTime();
            var order = bedside.placed(shown);
            took[i] = (System.nanoTime() - from) / 1e6;
            bedside.turnAway(order);
        }
        return took;
    }

    /** At the pace of the orders: what is done in a tight loop finds all threads awake. */
    private double[] bareRound() throws Exception {
        var took = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            Bedside.look();
            var from = System.nanoTime();
            bare.call();
            bare.twoCommits();
            bare.requestAndReply();
            took[i] = (System.nanoTime() - from) / 1e6;
        }
        return took;
    }
}
