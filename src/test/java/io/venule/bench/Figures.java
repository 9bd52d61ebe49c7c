package io.venule.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The figures of one benchmark: printed as they come, and kept in {@code target/bench/NAME.json}. */
public final class Figures {
    /** Rounds of each measurement, ours and the baseline's in turn. */
    public static final int ROUNDS = Integer.getInteger("bench.rounds", 5);

    private static final Path FOLDER = Path.of("target/bench");

    private final String name;
    private final List<String> lines = new ArrayList<>();

    public Figures(String name) {
        this.name = name;
    }

    /** Has libraries log no more than they do in the product: before Quarkus starts, each of their debug lines is written and thrown away. */
    static void logAsTheProduct() {
        Logger.getLogger("").setLevel(Level.INFO);
    }

    /** One value a round. */
    public interface Measured {
        double once() throws Exception;
    }

    /** What is measured, in which unit, and beside what. */
    public record Of(String name, String unit, String baseline) {}

    /** Both once to warm up, then in turn. */
    public void compare(Of what, Measured ours, Measured bare, String more) throws Exception {
        compare(what, ours, bare, () -> more);
    }

    /** @param more what else is to be said when all is measured */
    void compare(Of what, Measured ours, Measured bare, Supplier<String> more) throws Exception {
        ours.once();
        bare.once();
        var mine = new double[ROUNDS];
        var theirs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            theirs[round] = bare.once();
            mine[round] = ours.once();
        }
        add(what, mine, theirs, more.get());
    }

    /** Medians of both, with the least and the most of each in the note. */
    public void add(Of what, double[] mine, double[] theirs, String more) {
        var ours = mine.clone();
        var bare = theirs.clone();
        Arrays.sort(ours);
        Arrays.sort(bare);
        var value = ours[ours.length / 2];
        var other = bare[bare.length / 2];
        var line = String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"value\": %.3f, \"unit\": \"%s\", \"baseline\": %.3f, \"ratio\": %.3f,"
                        + " \"rounds\": %d, \"note\": \"from %.3f to %.3f; baseline: %s, from %.3f to %.3f%s; load %.1f\"}",
                what.name(),
                value,
                what.unit(),
                other,
                value / other,
                ours.length,
                ours[0],
                ours[ours.length - 1],
                what.baseline(),
                bare[0],
                bare[bare.length - 1],
                more.isEmpty() ? "" : "; " + more,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.println("bench " + line);
        lines.add(line);
    }

    /** Writes what there is; a run that measured nothing leaves the last one's. */
    public void write() throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(name + ".json"), "[\n" + String.join(",\n", lines) + "\n]\n");
    }

    /** The value below which so many of a hundred are. */
    static double percentile(double[] values, int percent) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** So many times in milliseconds, one by one. */
    static double[] times(int count, Work work) throws Exception {
        var took = new double[count];
        for (int i = 0; i < count; i++) {
            var from = System.nanoTime();
            work.run();
            took[i] = (System.nanoTime() - from) / 1e6;
        }
        return took;
    }

    /** Something that takes time. */
    interface Work {
        void run() throws Exception;
    }
}
