package io.venule.store;

import io.venule.store.LeafLook.Looked;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Has leaves looked at by some threads while the next ones are read, a few parts ahead at most, and hands out what was found in the leaves' order. */
final class LeavesAhead {
    private static final int PART = 256;
    private static final int PARTS_AHEAD = 8;

    private final StoredLeaves leaves;
    private final Executor threads;
    private final Deque<CompletableFuture<Looked>> ahead = new ArrayDeque<>();
    private long next;
    private boolean ended;

    /** @param first the index that the first of the leaves should have */
    LeavesAhead(StoredLeaves leaves, long first, Executor threads) {
        this.leaves = leaves;
        this.next = first;
        this.threads = threads;
    }

    /** What was found in the next part; empty at the end. */
    Optional<Looked> next() throws SQLException {
        while (!ended && ahead.size() < PARTS_AHEAD) {
            var part = leaves.next(PART);
            ended = part.isEmpty();
            if (!ended) {
                var first = next;
                ahead.add(CompletableFuture.supplyAsync(() -> LeafLook.look(first, part), threads));
                next += part.size();
            }
        }
        try {
            return Optional.ofNullable(ahead.poll()).map(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
