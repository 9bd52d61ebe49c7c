package io.venule.simulation;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Runs one seed from beginning to end. */
final class Simulation {
    private Simulation() {}

    /** How a run ended. */
    sealed interface Ended {
        String traceHash();

        /** Every promise held. */
        record Clean(String traceHash, Set<String> met) implements Ended {}

        /** A promise did not hold, or something was thrown that nobody meant to throw. */
        record Failed(String traceHash, String promise, String how, List<String> last) implements Ended {}
    }

    static Ended run(long seed, Parts parts) {
        var world = new World(seed, parts);
        try {
            world.live();
            return new Ended.Clean(world.trace().hash(), world.trace().met());
        } catch (Broken e) {
            return failed(world, e.promise(), e.how());
        } catch (Scheduler.StrandFailed e) {
            return e.failure() instanceof Broken broken
                    ? failed(world, broken.promise(), broken.how())
                    : failed(world, "nothing_is_thrown_unmeant", said(e.failure()));
        } catch (RuntimeException e) {
            return failed(world, "nothing_is_thrown_unmeant", said(e));
        }
    }

    private static Ended failed(World world, String promise, String how) {
        return new Ended.Failed(
                world.trace().hash(), promise, how, world.trace().lastLines());
    }

    private static String said(Throwable thrown) {
        var frames = thrown.getStackTrace();
        var text = new StringBuilder(thrown.toString());
        for (int i = 0; i < Math.min(8, frames.length); i++) {
            text.append("\n      at ").append(frames[i]);
        }
        return text.toString();
    }

    /** Handing over between virtual threads is ten times faster when the one that hands over is virtual too. */
    static <T> T onVirtualThread(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
