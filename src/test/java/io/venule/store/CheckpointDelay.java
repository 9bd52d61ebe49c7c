package io.venule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** From the answer to an append until a signed checkpoint that holds the entry can be read, while so many entries a second are appended. */
final class CheckpointDelay {
    private static final int WRITERS = 20;
    private static final long SECONDS = 10;
    private static final long SAMPLE_EVERY = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(15);

    private final Runnable append;
    private final AtomicLong appended = new AtomicLong();

    CheckpointDelay(Runnable append) {
        this.append = append;
    }

    /** The delay in milliseconds that 99 of 100 entries do not exceed, and the rate that was reached. */
    record Measured(double p99, double entriesASecond) {}

    /** A state and when it was there at the latest (an append), or first seen (a checkpoint). */
    private record Seen(long size, long at) {}

    Measured at(int entriesASecond, Connection heads, Connection checkpoints) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = IntStream.range(0, WRITERS)
                    .<Callable<Long>>mapToObj(_ -> () -> write(entriesASecond / WRITERS, end))
                    .toList();
            var samples = threads.submit(() -> samples(heads, end));
            var signed = threads.submit(() -> signed(checkpoints, end));
            for (var writer : threads.invokeAll(writers)) {
                writer.get();
            }
            var delays = delays(samples.get(), signed.get());
            return new Measured(delays[delays.length * 99 / 100], appended.get() / (double) SECONDS);
        }
    }

    private long write(int aSecond, long end) {
        var pause = TimeUnit.SECONDS.toNanos(1) / aSecond;
        long own = 0;
        for (var due = System.nanoTime(); due - end < 0; due += pause) {
            LockSupport.parkNanos(due - System.nanoTime());
            append.run();
            own++;
        }
        return appended.addAndGet(own);
    }

    private List<Seen> samples(Connection heads, long end) throws SQLException {
        var samples = new ArrayList<Seen>();
        for (var due = System.nanoTime(); due - end < 0; due += SAMPLE_EVERY) {
            LockSupport.parkNanos(due - System.nanoTime());
            append.run();
            var answered = System.nanoTime();
            samples.add(new Seen(LogReader.longOf(heads, "SELECT size FROM audit_head"), answered));
        }
        return samples;
    }

    private List<Seen> signed(Connection checkpoints, long end) throws SQLException {
        var signed = new ArrayList<Seen>();
        long newest = 0;
        long whole = Long.MAX_VALUE;
        while (newest < whole && System.nanoTime() - end < PATIENCE) {
            if (System.nanoTime() - end > 0) {
                whole = LogReader.longOf(checkpoints, "SELECT size FROM audit_head");
            }
            var size = LogReader.longOf(checkpoints, "SELECT coalesce(max(size), 0) FROM audit_checkpoint");
            if (size > newest) {
                newest = size;
                signed.add(new Seen(size, System.nanoTime()));
            }
            LockSupport.parkNanos(LOOK_EVERY);
        }
        return signed;
    }

    private static double[] delays(List<Seen> samples, List<Seen> signed) {
        var delays = new double[samples.size()];
        for (int i = 0; i < delays.length; i++) {
            var sample = samples.get(i);
            var first = signed.stream()
                    .filter(checkpoint -> checkpoint.size() >= sample.size())
                    .findFirst()
                    .orElseThrow();
            delays[i] = Math.max(0, first.at() - sample.at()) / 1e6;
        }
        Arrays.sort(delays);
        return delays;
    }
}
