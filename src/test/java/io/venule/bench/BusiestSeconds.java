package io.venule.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How much of all processors this process had in the five seconds in which it had most. */
final class BusiestSeconds implements AutoCloseable {
    private static final int WINDOW = 5;

    private final List<long[]> seen = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private BusiestSeconds() {
        var _ = clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    static BusiestSeconds watch() {
        return new BusiestSeconds();
    }

    private synchronized void look() {
        seen.add(new long[] {System.nanoTime(), IdleFigures.processor()});
    }

    /** Since this was begun; over the whole time where that is shorter than five seconds. */
    synchronized double ofHundred() {
        look();
        double most = 0;
        for (int to = 1; to < seen.size(); to++) {
            var last = seen.get(to);
            var first = seen.get(Math.max(0, to - WINDOW));
            if (to >= WINDOW || to == seen.size() - 1) {
                most = Math.max(most, (double) (last[1] - first[1]) / (last[0] - first[0]));
            }
        }
        return 100 * most / Runtime.getRuntime().availableProcessors();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
