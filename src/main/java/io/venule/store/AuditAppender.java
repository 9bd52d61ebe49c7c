package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.audit.DetailSchema;
import io.venule.audit.Frontier;
import io.venule.audit.Leaf;
import io.venule.audit.TreeHead;
import io.venule.order.RecordUnavailable;
import io.venule.signing.Digest;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends to the audit log inside the caller's transaction, so that a state change and its entry are durable together or not at all. Whoever
 * appends holds the log's head until the transaction ends: indices have no gap and no double on any number of replicas. A caller does
 * its other locking first and appends last.
 */
@Singleton
final class AuditAppender {
    /** Subtrees of fewer leaves are computed from the leaves when a proof needs them. */
    static final int LEAST_STORED_LEVEL = 8;

    private final Transactions transactions;
    private final LogSoundness soundness;

    AuditAppender(Transactions transactions, LogSoundness soundness) {
        this.transactions = transactions;
        this.soundness = soundness;
    }

    /** The tree after these entries; their indices are the last ones of it, in their order. */
    TreeHead append(List<AuditEntry> entries) {
        soundness.require();
        try {
            return transactions.statements(connection -> {
                var edge = lockEdge(connection);
                var after = addLeaves(connection, edge, entries);
                saveEdge(connection, after);
                return after.head();
            });
        } catch (LogDamaged e) {
            soundness.doubt(String.valueOf(e.getMessage()));
            throw new RecordUnavailable(e);
        }
    }

    private static Frontier lockEdge(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT size, frontier, root FROM audit_head FOR UPDATE");
                var found = statement.executeQuery()) {
            if (!found.next()) {
                throw new LogDamaged("the audit log has no head");
            }
            var edge = Frontier.parse(found.getBytes(2))
                    .orElseThrow(() -> new LogDamaged("the audit log's edge is damaged"));
            if (!edge.head().equals(new TreeHead(found.getLong(1), Digest.ofRaw(found.getBytes(3))))) {
                throw new LogDamaged("the audit log's head is damaged");
            }
            return edge;
        }
    }

    private static Frontier addLeaves(Connection connection, Frontier edge, List<AuditEntry> entries)
            throws SQLException {
        try (var leaves = connection.prepareStatement(
                        "INSERT INTO audit_leaf (index, leaf, hash, kind, at, actor, order_id, place, patient, drug, person)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
                var nodes =
                        connection.prepareStatement("INSERT INTO audit_node (level, index, hash) VALUES (?, ?, ?)")) {
            var after = edge;
            var completed = new CompletedNodes();
            for (var entry : entries) {
                requireKnown(entry);
                var bytes = entry.canonical();
                var hash = Leaf.hash(bytes);
                setLeaf(leaves, after.size(), entry, bytes, hash);
                leaves.addBatch();
                after = after.append(hash, completed);
            }
            leaves.executeBatch();
            for (var node : completed.stored()) {
                nodes.setInt(1, node.level());
                nodes.setLong(2, node.index());
                nodes.setBytes(3, node.hash().bytes());
                nodes.addBatch();
            }
            nodes.executeBatch();
            return after;
        }
    }

    private static void requireKnown(AuditEntry entry) {
        DetailSchema.fault(entry).ifPresent(fault -> {
            throw new IllegalArgumentException("audit entry: " + fault);
        });
    }

    private static void setLeaf(PreparedStatement leaves, long index, AuditEntry entry, byte[] bytes, Digest hash)
            throws SQLException {
        leaves.setLong(1, index);
        leaves.setBytes(2, bytes);
        leaves.setBytes(3, hash.bytes());
        leaves.setString(4, entry.kind().name());
        leaves.setObject(5, entry.at().atOffset(ZoneOffset.UTC));
        leaves.setString(6, entry.actor());
        leaves.setString(7, entry.order());
        leaves.setString(8, entry.place());
        leaves.setString(9, entry.said("patient"));
        leaves.setString(10, entry.said("drug"));
        leaves.setString(11, entry.person());
    }

    private static void saveEdge(Connection connection, Frontier edge) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE audit_head SET size = ?, frontier = ?, root = ?")) {
            statement.setLong(1, edge.size());
            statement.setBytes(2, edge.bytes());
            statement.setBytes(3, edge.head().root().bytes());
            statement.executeUpdate();
        }
    }

    /** Keeps those subtrees that are stored. */
    private static final class CompletedNodes implements Frontier.NodeSink {
        private final ArrayList<Frontier.Node> stored = new ArrayList<>();

        @Override
        public void take(Frontier.Node node) {
            if (node.level() >= LEAST_STORED_LEVEL) {
                stored.add(node);
            }
        }

        List<Frontier.Node> stored() {
            return List.copyOf(stored);
        }
    }
}
