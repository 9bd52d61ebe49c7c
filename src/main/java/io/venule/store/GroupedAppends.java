package io.venule.store;

import io.venule.order.RecordUnavailable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Changes that append, of many callers in one transaction: while one commits, those that come meanwhile wait and then go together, so that a
 * commit is shared by as many as wait for it. Each caller returns when its own change is durable. What fails in a group is done again each by
 * itself, so that nobody fails because of another. The log's head is locked once a group, after everything else, as {@link AuditAppender} asks.
 * Decision 2.
 */
@Singleton
final class GroupedAppends {
    /** Changes in a transaction at most; with the records that one may bring, some hundred rows each. */
    private static final int MOST = 256;
    /** What failed together is tried singly for so long; whoever is not reached by then fails as the group did. */
    private static final Duration SINGLY = Duration.ofSeconds(5);

    /** A group of so many is not made larger by waiting. */
    private static final int ENOUGH = 64;
    /** The longest wait for more. */
    private static final Duration MOMENT = Duration.ofNanos(300_000);

    private final Transactions transactions;
    private final AuditAppender log;
    private final ConcurrentLinkedQueue<Waiting<?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean leading = new AtomicBoolean();
    /** Counts those who come once the last group was answered, as many as were in it. */
    private volatile CountDownLatch company = new CountDownLatch(0);
    /** Of the last group of the one who leads: how many, and how long it took. */
    private int answered;

    private long took;

    GroupedAppends(Transactions transactions, AuditAppender log) {
        this.transactions = transactions;
        this.log = log;
    }

    /** A change in two parts, between which its entries are appended. Each part may run more than once: only the last time counts. */
    interface Change<T> {
        /** Locks and changes rows; gives the entries to append, which may be none. */
        List<LeafRow> before();

        /** Goes on with the index of the first of its entries; what it gives is the caller's answer. */
        T after(long firstIndex);
    }

    private static final class Waiting<T> {
        private final Change<T> change;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        Waiting(Change<T> change) {
            this.change = change;
        }

        /** Goes on after the append; what it gives completes the answer once all is durable. */
        Runnable finish(long firstIndex) {
            var result = change.after(firstIndex);
            return () -> answer.complete(result);
        }
    }

    /** Returns when the change is durable, or throws what kept it from being so. */
    <T> T commit(Change<T> change) {
        var mine = new Waiting<>(change);
        if (queue.isEmpty() && leading.compareAndSet(false, true)) {
            alone(mine);
        } else {
            queue.add(mine);
            company.countDown();
        }
        haveSomeoneLead();
        try {
            return mine.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** With nobody else about, on the caller's own thread: a change by itself waits for no other thread. */
    private void alone(Waiting<?> mine) {
        try {
            commit(List.of(mine));
        } finally {
            leading.set(false);
        }
    }

    private void haveSomeoneLead() {
        if (!queue.isEmpty() && leading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("audit-append").start(this::leadWhileSomeWait);
        }
    }

    /** Whoever is added after the last look finds nobody leading, and starts another. */
    private void leadWhileSomeWait() {
        do {
            try {
                while (!queue.isEmpty()) {
                    lead();
                    waitForThoseAnswered();
                }
            } finally {
                answered = 0;
                leading.set(false);
            }
        } while (!queue.isEmpty() && leading.compareAndSet(false, true));
    }

    private void lead() {
        var group = new ArrayList<Waiting<?>>();
        for (var next = queue.poll(); next != null; next = group.size() < MOST ? queue.poll() : null) {
            group.add(next);
        }
        var began = System.nanoTime();
        commit(group);
        answered = group.size();
        took = System.nanoTime() - began;
    }

    /**
     * Whoever was answered just now often has the next change already: a short moment, that is small beside the commit it may save. Many at once need no
     * company, and do better if they come while others commit.
     */
    private void waitForThoseAnswered() {
        if (answered < 2 || answered > ENOUGH) {
            return;
        }
        try {
            var _ = company.await(Math.min(took / 4, MOMENT.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(List<Waiting<?>> group) {
        try {
            together(group);
        } catch (RuntimeException e) {
            singly(group, e);
        } catch (Error e) {
            group.forEach(waiting -> waiting.answer.completeExceptionally(e));
        }
    }

    private void together(List<Waiting<?>> group) {
        var finished = transactions.inOne(() -> {
            var rows = new ArrayList<LeafRow>();
            var counts = new ArrayList<Integer>();
            for (var waiting : group) {
                var own = waiting.change.before();
                rows.addAll(own);
                counts.add(own.size());
            }
            var next = rows.isEmpty() ? 0 : log.appendRows(rows).size() - rows.size();
            var answers = new ArrayList<Runnable>();
            for (int i = 0; i < group.size(); i++) {
                answers.add(group.get(i).finish(next));
                next += counts.get(i);
            }
            return answers;
        });
        // Before anybody is answered, so that nobody's next change comes uncounted.
        company = new CountDownLatch(group.size());
        finished.forEach(Runnable::run);
    }

    private void singly(List<Waiting<?>> group, RuntimeException why) {
        if (group.size() == 1) {
            group.getFirst().answer.completeExceptionally(why);
            return;
        }
        var until = System.nanoTime() + SINGLY.toNanos();
        for (var waiting : group) {
            if (System.nanoTime() - until > 0) {
                waiting.answer.completeExceptionally(new RecordUnavailable(why));
                continue;
            }
            try {
                together(List.of(waiting));
            } catch (RuntimeException e) {
                waiting.answer.completeExceptionally(e);
            }
        }
    }
}
