package io.venule.order;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Records what must not wait for the record: a stop. What is not durable within a second is owed, and done in its turn as soon as the
 * record answers again. What is owed lives in this process only; the pump's own signed records say the same and come when they can.
 * Decision 8; threat T-46.
 */
public final class OwedRecord implements Owed, AutoCloseable {
    /** A stop waits so long for its entry, and then goes. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Entries owed at most; each is a few kilobytes. */
    private static final int MOST = 1_000;

    private final Duration pause;
    private final Consumer<RuntimeException> lost;
    private final AtomicInteger owed = new AtomicInteger();
    private final ExecutorService line = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("owed-record").factory());

    /**
     * @param pause before the record is tried again
     * @param lost told what could not be recorded and never will be
     */
    public OwedRecord(Duration pause, Consumer<RuntimeException> lost) {
        this.pause = pause;
        this.lost = lost;
    }

    /** Answers at once where earlier work is owed already. */
    @Override
    public boolean soon(Runnable work) {
        var before = owed.getAndIncrement();
        if (before >= MOST) {
            owed.decrementAndGet();
            lost.accept(new IllegalStateException("more than " + MOST + " entries are owed to the record"));
            return false;
        }
        var done = line.submit(() -> untilRecorded(work));
        try {
            return done.get(before > 0 ? 0 : PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("work on the record failed unheard", e);
        }
    }

    /** How many entries wait for the record. */
    public int owed() {
        return owed.get();
    }

    private boolean untilRecorded(Runnable work) {
        try {
            while (!recorded(work)) {
                LockSupport.parkNanos(pause.toNanos());
                if (Thread.interrupted()) {
                    lost.accept(new IllegalStateException("stopped before the record answered"));
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) {
            lost.accept(e);
            return false;
        } finally {
            owed.decrementAndGet();
        }
    }

    private static boolean recorded(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RecordUnavailable e) {
            return false;
        }
    }

    /** Ends; what is still owed is reported as lost. */
    @Override
    public void close() {
        line.shutdownNow();
    }
}
