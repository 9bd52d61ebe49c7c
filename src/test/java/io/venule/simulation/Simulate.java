package io.venule.simulation;

import java.io.PrintStream;

/** {@code Simulate --seeds N [--first-seed S]}: runs so many seeds; prints each failure with its last lines, and last how many failed. */
final class Simulate {
    private static final String USAGE = "usage: ops/simulate --seeds N [--first-seed S]";

    private Simulate() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        long seeds = 0;
        long first = 1;
        try {
            for (int i = 0; i < arguments.length; i += 2) {
                var value = Long.parseLong(arguments[i + 1]);
                switch (arguments[i]) {
                    case "--seeds" -> seeds = value;
                    case "--first-seed" -> first = value;
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            seeds = 0;
        }
        if (seeds < 1 || first < 0) {
            err.println(USAGE);
            return 2;
        }
        var from = first;
        var to = Math.addExact(first, seeds);
        var failures = Simulation.onVirtualThread(() -> failures(from, to, out));
        out.print(seeds + " seeds, " + failures + " failures\n");
        return failures == 0 ? 0 : 1;
    }

    private static long failures(long from, long to, PrintStream out) {
        var failures = 0L;
        for (long seed = from; seed < to; seed++) {
            if (Simulation.run(seed, Parts.SOUND) instanceof Simulation.Ended.Failed failed) {
                failures++;
                out.print(told(seed, failed));
            }
        }
        return failures;
    }

    private static String told(long seed, Simulation.Ended.Failed failed) {
        var text = new StringBuilder("seed " + seed + " " + failed.promise() + " (trace " + failed.traceHash() + ")\n");
        failed.last().forEach(line -> text.append("    ").append(line).append('\n'));
        return text.append("    ").append(failed.how()).append('\n').toString();
    }
}
