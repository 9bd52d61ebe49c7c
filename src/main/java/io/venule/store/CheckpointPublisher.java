package io.venule.store;

import io.venule.audit.AuditLog.LeafSink;
import io.venule.audit.Checkpoint;
import io.venule.audit.CheckpointMemory;
import io.venule.audit.ConsistencyProof;
import io.venule.audit.Frontier;
import io.venule.audit.HashSource;
import io.venule.audit.Leaf;
import io.venule.audit.TreeHead;
import io.venule.store.LogReader.Range;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Signs the log's newest state soon after it grew. What is signed was found twice, by two ways that share neither code nor rows: the new
 * leaves are hashed anew onto an edge of our own, and the stored hashes of leaves and subtrees are folded into a root, which a proof joins to
 * the state signed before. Each checkpoint takes the place of the last one in the {@link CheckpointMemory} before it is published; whoever
 * does not find the expected one there signs nothing. Any disagreement stops the log. Promises P-10, P-11; threats T-44, T-45, T-48.
 */
@Singleton
final class CheckpointPublisher {
    /** Any number that nothing else in this database locks on. */
    private static final long PUBLISHER_LOCK = 0x56454e554c45L;

    private static final String NEWEST = "SELECT coalesce(max(size), 0) FROM audit_checkpoint";

    private final Transactions transactions;
    private final CheckpointKey key;
    private final CheckpointMemory memory;
    private final LogSoundness soundness;
    private final StoredHashes hashes;
    private final StoreSettings settings;
    private final InstantSource clock;
    /** What this process has hashed itself so far; only {@link #publish} touches it, on one thread. */
    private Frontier seen = Frontier.EMPTY;

    CheckpointPublisher(
            Transactions transactions,
            CheckpointKey key,
            CheckpointMemory memory,
            LogSoundness soundness,
            StoredHashes hashes,
            StoreSettings settings,
            InstantSource clock) {
        this.transactions = transactions;
        this.key = key;
        this.memory = memory;
        this.soundness = soundness;
        this.hashes = hashes;
        this.settings = settings;
        this.clock = clock;
    }

    /** Goes on from an edge that a whole check has just computed. */
    synchronized void startFrom(Frontier checked) {
        seen = checked;
    }

    /** Publishes the state of now if it is new; true when it did. */
    synchronized boolean publish() {
        if (soundness.fault().isPresent()) {
            return false;
        }
        return transactions.inOne(() -> transactions.statements(this::publish));
    }

    private boolean publish(Connection connection) throws SQLException {
        var head = LogReader.head(connection);
        if ((head.size() == seen.size() && head.size() == LogReader.longOf(connection, NEWEST))
                || !takeTurn(connection)) {
            return false;
        }
        var newest = LogReader.newestNote(connection).map(key::verified).map(Checkpoint::head);
        if (newest.equals(Optional.of(head)) || head.size() == 0) {
            return false;
        }
        var remembered = memory.last();
        return switch (look(connection, head, remembered, newest.orElse(TreeHead.EMPTY))) {
            case Look.Objection(var reason) -> {
                soundness.doubt(reason);
                yield false;
            }
            case Look.Agreed(var byLeaves, var byHashes) -> publish(connection, remembered, byLeaves, byHashes);
        };
    }

    private boolean publish(
            Connection connection, Optional<Checkpoint> remembered, TreeHead byLeaves, TreeHead byHashes)
            throws SQLException {
        if (remembered.map(Checkpoint::head).equals(Optional.of(byLeaves))) {
            // Signed and remembered, but not published: a process ended between the two.
            insert(connection, remembered.orElseThrow());
            return true;
        }
        var signed = key.sign(byLeaves, byHashes);
        if (!memory.swap(remembered, signed)) {
            return false;
        }
        insert(connection, signed);
        return true;
    }

    private static boolean takeTurn(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, PUBLISHER_LOCK);
            try (var found = statement.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    /** What looking at a state before signing it found. */
    private sealed interface Look {
        /** Why it is not to be signed. */
        record Objection(String reason) implements Look {}

        /** The state by two ways. */
        record Agreed(TreeHead byLeaves, TreeHead byHashes) implements Look {}
    }

    private Look look(Connection connection, TreeHead head, Optional<Checkpoint> remembered, TreeHead newest)
            throws SQLException {
        var before = remembered.map(Checkpoint::head).orElse(TreeHead.EMPTY);
        if (before.size() < newest.size() || (before.size() == newest.size() && !before.equals(newest))) {
            return new Look.Objection("the last checkpoint in " + memory.place() + " is of " + before.size()
                    + " entries, and the database has one of " + newest.size());
        }
        if (head.size() < before.size() || head.size() < seen.size()) {
            return new Look.Objection("the log shrank from " + Math.max(before.size(), seen.size()) + " to "
                    + head.size() + " entries: the database was turned back");
        }
        var grown = grown(connection, head.size());
        if (!grown.head().equals(head)) {
            return new Look.Objection("the leaves do not make the root of the " + head.size() + " entries there are");
        }
        seen = grown;
        var byHashes = new TreeHead(head.size(), HashSource.range(hashes, 0, head.size()));
        if (!byHashes.equals(head)) {
            return new Look.Objection(
                    "the stored hashes do not make the root of the " + head.size() + " entries there are");
        }
        return before.size() == 0
                        || ConsistencyProof.of(before.size(), head.size(), hashes)
                                .holds(before, head)
                ? new Look.Agreed(grown.head(), byHashes)
                : new Look.Objection(
                        "the " + before.size() + " entries signed before are not the beginning of the log");
    }

    private Frontier grown(Connection connection, long size) throws SQLException {
        var leaves = new NewLeaves(seen);
        LogReader.leaves(connection, new Range(seen.size(), size, settings.rowsPerFetch()), leaves);
        return leaves.edge;
    }

    /** Hashes leaves anew, one after the other. */
    private static final class NewLeaves implements LeafSink {
        private Frontier edge;

        NewLeaves(Frontier edge) {
            this.edge = edge;
        }

        @Override
        public void take(long index, byte[] leaf) {
            edge = edge.append(Leaf.hash(leaf));
        }
    }

    private void insert(Connection connection, Checkpoint checkpoint) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO audit_checkpoint (size, root, note, at) VALUES (?, ?, ?, ?)")) {
            statement.setLong(1, checkpoint.head().size());
            statement.setBytes(2, checkpoint.head().root().bytes());
            statement.setString(3, checkpoint.note());
            statement.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }
}
