package io.venule.simulation;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time and every choice of a run, out of one seed. One thing happens at a time: an event, or a {@link Strand} from one point where
 * it waits to the next. What is due at the same millisecond happens in a seeded order.
 */
final class Scheduler {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final SplittableRandom dice;
    private final Semaphore handedBack = new Semaphore(0);
    private long now;
    private long scheduled;
    private @Nullable Strand running;
    private @Nullable Throwable thrown;

    private record Event(long at, int tie, long number, Runnable work) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            var byTime = Long.compare(at, other.at);
            var byTie = byTime == 0 ? Integer.compare(tie, other.tie) : byTime;
            return byTie == 0 ? Long.compare(number, other.number) : byTie;
        }
    }

    Scheduler(long seed) {
        this.dice = new SplittableRandom(seed);
    }

    /** Milliseconds since the run began, by the only clock that nobody can set. */
    long now() {
        return now;
    }

    /** A source of chance of its own, for parts that draw at times that must not depend on others. */
    SplittableRandom otherDice() {
        return dice.split();
    }

    boolean chance(int perMille) {
        return perMille > 0 && dice.nextInt(1_000) < perMille;
    }

    /** From {@code least} to {@code most}, both included. */
    long between(long least, long most) {
        return dice.nextLong(least, most + 1);
    }

    void in(long millis, Runnable work) {
        events.add(new Event(now + millis, dice.nextInt(), scheduled++, work));
    }

    /** Lets the next thing happen; false when nothing ever will. */
    boolean step() {
        var next = events.poll();
        if (next == null) {
            return false;
        }
        now = next.at();
        next.work().run();
        return true;
    }

    /** The strand whose code is calling. */
    Strand running() {
        if (running == null) {
            throw new IllegalStateException("only a strand can wait");
        }
        return running;
    }

    /** Lets a strand go on until it waits or ends; what it throws is thrown here. */
    void resume(Strand strand) {
        running = strand;
        strand.go().release();
        handedBack.acquireUninterruptibly();
        running = null;
        var failure = thrown;
        if (failure != null) {
            thrown = null;
            throw new StrandFailed(failure);
        }
    }

    /** Called by a strand, which then waits to be resumed or ends. */
    void handBack(@Nullable Throwable failure) {
        thrown = failure;
        handedBack.release();
    }

    /** What a strand threw and nobody caught. */
    static final class StrandFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Throwable failure;

        StrandFailed(Throwable failure) {
            super(failure);
            this.failure = failure;
        }

        Throwable failure() {
            return failure;
        }
    }
}
