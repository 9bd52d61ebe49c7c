package io.venule.store;

import io.venule.store.BareLog.Place;
import io.venule.store.LogCheck.Found;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A process that checks a log whole, as the application does before it starts, and says how long it took and how much memory. */
public final class CheckProcess {
    static final String CHECKED = "checked";

    private static final Duration SAMPLE = Duration.ofMillis(50);

    private CheckProcess() {}

    /** Address, user, password, folder of keys, folder of the second store. */
    public static void main(String[] arguments) throws Exception {
        var place = new Place(arguments[0], arguments[1], arguments[2], Path.of(arguments[3]), Path.of(arguments[4]));
        var samples = new ArrayList<Double>();
        try (var log = new BareLog(place, new LocalDisk(), InstantSource.system());
                var sampler = Executors.newSingleThreadScheduledExecutor()) {
            var sampling = sampler.scheduleAtFixedRate(
                    () -> samples.add(inUse()), 0, SAMPLE.toMillis(), TimeUnit.MILLISECONDS);
            var began = System.nanoTime();
            if (!(log.check.check() instanceof Found.Sound(var edge))) {
                System.exit(1);
                return;
            }
            var seconds = (System.nanoTime() - began) / 1e9;
            sampling.cancel(false);
            sampler.shutdown();
            sampler.awaitTermination(1, TimeUnit.SECONDS);
            var half = samples.size() / 2;
            System.out.printf(
                    Locale.ROOT,
                    "%s %d %.3f %.1f %.1f%n",
                    CHECKED,
                    edge.size(),
                    seconds,
                    most(samples.subList(0, half)),
                    most(samples.subList(half, samples.size())));
        }
        System.exit(0);
    }

    /** MiB that the last collection left. */
    private static double inUse() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                        .sum()
                / (double) (1 << 20);
    }

    private static double most(List<Double> samples) {
        return samples.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
