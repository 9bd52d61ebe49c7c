package io.venule.store;

import io.venule.audit.AuditLog.LeafSink;
import io.venule.audit.Checkpoint;
import io.venule.audit.ConsistencyProof;
import io.venule.audit.Frontier;
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
 * leaves are hashed anew onto an edge of our own, and stored subtree hashes prove that the state signed before is a beginning of this
 * one. Anything else is not signed and stops the log. One replica at a time publishes, held by an advisory lock. Promises P-10, P-11; T-45.
 */
@Singleton
final class CheckpointPublisher {
    /** Any number that nothing else in this database locks on. */
    private static final long PUBLISHER_LOCK = 0x56454e554c45L;

    private final Transactions transactions;
    private final CheckpointKey key;
    private final LogSoundness soundness;
    private final StoredHashes hashes;
    private final StoreSettings settings;
    private final InstantSource clock;
    /** What this process has hashed itself so far; only {@link #publish} touches it, on one thread. */
    private Frontier seen = Frontier.EMPTY;

    CheckpointPublisher(
            Transactions transactions,
            CheckpointKey key,
            LogSoundness soundness,
            StoredHashes hashes,
            StoreSettings settings,
            InstantSource clock) {
        this.transactions = transactions;
        this.key = key;
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
        if ((head.size() == seen.size() && head.size() == newestSize(connection)) || !takeTurn(connection)) {
            return false;
        }
        var before = LogReader.newestNote(connection).map(key::verified).map(Checkpoint::head);
        if (before.equals(Optional.of(head)) || head.size() == 0) {
            return false;
        }
        var reason = objection(connection, before.orElse(TreeHead.EMPTY), head);
        if (!reason.isEmpty()) {
            soundness.doubt(reason);
            return false;
        }
        insert(connection, key.sign(head));
        return true;
    }

    private static long newestSize(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT coalesce(max(size), 0) FROM audit_checkpoint");
                var found = statement.executeQuery()) {
            found.next();
            return found.getLong(1);
        }
    }

    private static boolean takeTurn(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, PUBLISHER_LOCK);
            try (var found = statement.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    /** Why this state is not to be signed; empty for none. */
    private String objection(Connection connection, TreeHead before, TreeHead head) throws SQLException {
        if (head.size() < before.size() || head.size() < seen.size()) {
            return "the log shrank from " + Math.max(before.size(), seen.size()) + " to " + head.size() + " entries";
        }
        var grown = grown(connection, head.size());
        if (!grown.head().equals(head)) {
            return "the leaves do not make the root of the " + head.size() + " entries there are";
        }
        seen = grown;
        if (before.size() == 0) {
            return "";
        }
        return ConsistencyProof.of(before.size(), head.size(), hashes).holds(before, head)
                ? ""
                : "the " + before.size() + " entries signed before are not the beginning of the log";
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
