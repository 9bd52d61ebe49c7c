package io.venule.store;

import io.venule.audit.AuditLog.LeafSink;
import io.venule.audit.Checkpoint;
import io.venule.audit.CheckpointMemory;
import io.venule.audit.ConsistencyProof;
import io.venule.audit.Frontier;
import io.venule.audit.HashSource;
import io.venule.audit.Leaf;
import io.venule.audit.TreeHead;
import io.venule.signing.Digest;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs the log's newest state soon after it grew. What is signed was found twice, by two ways that share neither code nor rows: the new
 * leaves are hashed anew onto an edge of our own, and the stored hashes of leaves and subtrees are folded into a root, which a proof joins to
 * the state signed before. One replica has the turn to do so, by a {@link PublisherLease}. Each checkpoint takes the place of the last one in
 * the {@link CheckpointMemory} before it is published; whoever does not find the expected one there signs nothing. Any disagreement stops the log. Promises P-10, P-11; threats T-44, T-45, T-48.
 */
@Singleton
final class CheckpointPublisher {
    /** Entries hashed anew in one round at most, so that a replica that is far behind comes up in steps. */
    private static final long MOST = 50_000;

    private final Transactions transactions;
    private final CheckpointKey key;
    private final CheckpointMemory memory;
    private final PublisherLease lease;
    private final LogSoundness soundness;
    private final StoredHashes hashes;
    private final InstantSource clock;
    /** What this process has hashed itself so far; only {@link #publish} touches it, on one thread. */
    private Frontier seen = Frontier.EMPTY;
    /** What another replica had published when we looked last, and what it owes. */
    private TreeHead published = TreeHead.EMPTY;

    private Optional<String> waiting = Optional.empty();

    CheckpointPublisher(
            Transactions transactions,
            CheckpointKey key,
            CheckpointMemory memory,
            PublisherLease lease,
            LogSoundness soundness,
            StoredHashes hashes,
            InstantSource clock) {
        this.transactions = transactions;
        this.key = key;
        this.memory = memory;
        this.lease = lease;
        this.soundness = soundness;
        this.hashes = hashes;
        this.clock = clock;
    }

    /** Goes on from an edge that a whole check has just computed. */
    synchronized void startFrom(Frontier checked) {
        seen = checked;
    }

    /** Lets another replica sign, at once. */
    void release() {
        lease.release();
    }

    /** Publishes the state of now if it is new and it is our turn; true when it did. */
    synchronized boolean publish() {
        if (soundness.fault().isPresent()) {
            return false;
        }
        var number = lease.hold();
        // In the reverse of the order in which they come about: whoever stands still in between finds each at least as
        // new as the one before.
        var newest = transactions.inOne(() -> transactions.statements(this::newest));
        var remembered = memory.last();
        return transactions.inOne(() -> transactions.statements(connection -> {
            var head = LogReader.head(connection);
            if (number.isEmpty()) {
                follow(connection, head, newest);
                return false;
            }
            waiting = Optional.empty();
            return publish(connection, new Turn(number.getAsLong(), newest), head, remembered);
        }));
    }

    private TreeHead newest(Connection connection) throws SQLException {
        return LogReader.newestNote(connection)
                .map(key::verified)
                .map(Checkpoint::head)
                .orElse(TreeHead.EMPTY);
    }

    private boolean publish(Connection connection, Turn turn, TreeHead head, Optional<Checkpoint> remembered)
            throws SQLException {
        if (turn.after().equals(head) || !comeNear(connection, head.size())) {
            return false;
        }
        return switch (look(connection, head, remembered, turn.after())) {
            case Look.Objection(var reason) -> {
                soundness.doubt(reason);
                yield false;
            }
            case Look.Agreed(var byLeaves, var byHashes) -> publish(connection, turn, remembered, byLeaves, byHashes);
        };
    }

    /** Our number, and what was published last when we looked: both must still hold when something is put in. */
    private record Turn(long number, TreeHead after) {}

    private boolean publish(
            Connection connection, Turn turn, Optional<Checkpoint> remembered, TreeHead byLeaves, TreeHead byHashes)
            throws SQLException {
        if (remembered.map(Checkpoint::head).equals(Optional.of(byLeaves))) {
            // Signed and remembered, but not published: a process ended between the two.
            return insert(connection, turn, remembered.orElseThrow());
        }
        if (!PublisherLease.isCurrent(connection, turn.number())) {
            return false;
        }
        var signed = key.sign(byLeaves, byHashes);
        return memory.swap(remembered, signed) && insert(connection, turn, signed);
    }

    /** Hashes what it can in one round; whether that is enough to look at the rest now. */
    private boolean comeNear(Connection connection, long size) throws SQLException {
        if (size - seen.size() > MOST) {
            seen = grown(connection, seen.size() + MOST);
            return false;
        }
        return true;
    }

    /** While another replica signs: what it published must be what we hash ourselves, and it must go on. */
    private void follow(Connection connection, TreeHead head, TreeHead newest) throws SQLException {
        if (newest.size() >= seen.size() && comeNear(connection, newest.size())) {
            seen = grown(connection, newest.size());
            if (!seen.head().equals(newest)) {
                soundness.doubt("another replica published a checkpoint of " + newest.size()
                        + " entries that the leaves do not make");
            }
        }
        var isStill = newest.size() < head.size() && newest.equals(published);
        published = newest;
        waiting = isStill
                ? Optional.of("another replica has the turn to sign, and " + newest.size() + " of " + head.size()
                        + " entries are signed")
                : Optional.empty();
    }

    /** Why nothing new is signed though there is something and another replica should; empty otherwise. */
    synchronized Optional<String> waiting() {
        return waiting;
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
        var leaves = new NewLeaves();
        StoredLeaves.each(connection, seen.size(), size, leaves);
        return seen.append(leaves.hashes, _ -> {});
    }

    /** Hashes leaves anew, one after the other. */
    private static final class NewLeaves implements LeafSink {
        private final List<Digest> hashes = new ArrayList<>();

        @Override
        public void take(long index, byte[] leaf) {
            hashes.add(Leaf.hash(leaf));
        }
    }

    /** Puts it in while the turn is ours and nothing else was put in meanwhile; else nothing. */
    private boolean insert(Connection connection, Turn turn, Checkpoint checkpoint) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO audit_checkpoint (size, root, note, at, fence) SELECT ?, ?, ?, ?, l.fence FROM audit_leader l"
                        + " WHERE l.fence = ? AND l.until > clock_timestamp()"
                        + " AND (SELECT coalesce(max(size), 0) FROM audit_checkpoint) = ? FOR UPDATE OF l")) {
            statement.setLong(1, checkpoint.head().size());
            statement.setBytes(2, checkpoint.head().root().bytes());
            statement.setString(3, checkpoint.note());
            statement.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            statement.setLong(5, turn.number());
            statement.setLong(6, turn.after().size());
            return statement.executeUpdate() == 1;
        }
    }
}
