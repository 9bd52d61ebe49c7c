package io.venule.bench;

import io.venule.bench.Figures.Of;
import io.venule.opcua.RefusedHandshakes;
import io.venule.opcua.RefusedHandshakes.Cause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * How long a simulated pump takes to refuse an opening for one reason beside another, in turns that nobody could foresee; and how likely two samples of the same are as far apart. T-25 wants 10,000 of each,
 * and more than one in a hundred.
 */
final class HandshakeFigures {
    private static final int EACH = Integer.getInteger("bench.handshakes", 10_000);
    /** Until what is called often is compiled. */
    private static final int WARM_UP = 300;
    /** A pump waits up to a second before it hangs up on what it cannot read: one after another, that would take hours. */
    private static final int LANES = 40;

    private static final long SEED = 25;
    private static final List<Cause> HUNG_UP_ON = List.of(Cause.PADDING, Cause.SIGNATURE);
    private static final List<Cause> ANSWERED = List.of(Cause.STRANGER, Cause.EXPIRED, Cause.REVOKED);

    private final Map<Cause, Taken> taken = new EnumMap<>(Cause.class);
    private final Random random = new Random(SEED);

    /** By the refusals for one cause. */
    private static final class Taken {
        private final double[] millis = new double[EACH];
        private final Set<Long> codes = new ConcurrentSkipListSet<>();

        String hex() {
            return String.join(", ", codes.stream().map("0x%08X"::formatted).toList());
        }
    }

    HandshakeFigures() {
        for (var cause : Cause.values()) {
            taken.put(cause, new Taken());
        }
    }

    void measure(Figures figures) throws Exception {
        try (var pump = new RefusedHandshakes(SEED)) {
            inLanes(pump);
            oneAfterAnother(pump);
        }
        beside(figures, Cause.PADDING, Cause.SIGNATURE);
        beside(figures, Cause.EXPIRED, Cause.STRANGER);
        beside(figures, Cause.REVOKED, Cause.STRANGER);
    }

    private void inLanes(RefusedHandshakes pump) throws Exception {
        try (var lanes = Executors.newFixedThreadPool(LANES)) {
            var turns = new ArrayList<Future<?>>();
            for (int i = -WARM_UP; i < EACH; i++) {
                int turn = i;
                var causes = shuffled(HUNG_UP_ON);
                turns.add(lanes.submit(() -> {
                    take(pump, turn, causes);
                    return turn;
                }));
            }
            for (var turn : turns) {
                turn.get();
            }
        }
    }

    private void oneAfterAnother(RefusedHandshakes pump) throws Exception {
        for (int i = -WARM_UP; i < EACH; i++) {
            take(pump, i, shuffled(ANSWERED));
        }
    }

    private List<Cause> shuffled(List<Cause> causes) {
        var shuffled = new ArrayList<>(causes);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private void take(RefusedHandshakes pump, int turn, List<Cause> causes) throws Exception {
        for (var cause : causes) {
            var refusal = pump.once(cause);
            if (turn >= 0) {
                of(cause).millis[turn] = refusal.millis();
                of(cause).codes.add(refusal.code());
            }
        }
    }

    private void beside(Figures figures, Cause one, Cause other) {
        var mine = of(one).millis;
        var theirs = of(other).millis;
        var apart = KolmogorovSmirnovTest.withDefaults().test(mine, theirs);
        figures.add(
                new Of("a refused opening, " + words(one), "ms", words(other)),
                mine,
                theirs,
                String.format(
                        Locale.ROOT,
                        "Kolmogorov-Smirnov distance %.4f, p %.4f, goal above 0.01; codes %s and %s",
                        apart.getStatistic(),
                        apart.getPValue(),
                        of(one).hex(),
                        of(other).hex()));
    }

    private Taken of(Cause cause) {
        return Objects.requireNonNull(taken.get(cause));
    }

    private static String words(Cause cause) {
        return switch (cause) {
            case PADDING -> "what cannot be decrypted";
            case SIGNATURE -> "what nobody signed";
            case STRANGER -> "another authority's certificate";
            case EXPIRED -> "a certificate that ended";
            case REVOKED -> "a revoked certificate";
        };
    }
}
