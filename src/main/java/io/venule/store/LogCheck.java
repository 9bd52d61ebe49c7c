package io.venule.store;

import io.venule.audit.CheckpointMemory;
import io.venule.audit.Frontier;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Reads the log again from its first entry to its last, part by part, each part in a short transaction of its own: every leaf is hashed anew,
 * its number and its search columns are compared with it, the tree is built from nothing, and every checkpoint, the head and what the
 * {@link CheckpointMemory} holds must be states of that tree; and the triggers that keep the past must stand. Threats T-43, T-44; P-11.
 */
@Singleton
final class LogCheck {
    /** Entries in one transaction when nothing else is to be done meanwhile; they are not held in memory. */
    private static final int AT_ONCE = 50_000;

    private final Transactions transactions;
    private final CheckpointKey key;
    private final CheckpointMemory memory;
    private final VerifiedNotes notes = new VerifiedNotes();

    LogCheck(Transactions transactions, CheckpointKey key, CheckpointMemory memory) {
        this.transactions = transactions;
        this.key = key;
        this.memory = memory;
    }

    /** What checking found. */
    sealed interface Found {
        /** The log holds; this is its right edge. */
        record Sound(Frontier edge) implements Found {}

        /** What is wrong first, naming the index. */
        record Faulty(String reason) implements Found {}
    }

    /** How far a round has come. */
    sealed interface Progress {
        /** Everything before this entry holds. */
        record Upto(long index) implements Progress {}

        /** The round is over. */
        record Done(Found found) implements Progress {}
    }

    /** A whole round at once, with all the processors there are. */
    Found check() {
        try (var threads = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("audit-check-", 0).factory())) {
            var round = new Round(threads);
            while (true) {
                switch (round.step(AT_ONCE)) {
                    case Progress.Upto u -> {}
                    case Progress.Done(var found) -> {
                        return found;
                    }
                }
            }
        }
    }

    /** A round from the first entry on, to be gone through step by step, each on the thread that asks for it. */
    Round begin() {
        return new Round(Runnable::run);
    }

    /** One walk from the first leaf to the last. */
    final class Round {
        private final LogWalk walk;

        private Round(Executor threads) {
            this.walk = new LogWalk(key, memory, notes, threads);
        }

        /** Goes on by at most so many entries; not to be called again when it is done. */
        Progress step(int entries) {
            return transactions.inOneLong(() -> transactions.statements(connection -> {
                oneView(connection);
                return walk.step(connection, entries);
            }));
        }
    }

    /** One unmoving view for head, leaves and checkpoints, whoever appends meanwhile. */
    private static void oneView(Connection connection) throws SQLException {
        try (var begin = connection.createStatement()) {
            begin.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        }
    }
}
