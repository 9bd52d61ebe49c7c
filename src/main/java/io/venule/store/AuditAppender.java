package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.audit.Frontier;
import io.venule.audit.TreeHead;
import io.venule.order.RecordUnavailable;
import io.venule.signing.Digest;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

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
    /** The edge that this process left last; the database's own is compared with it, so that it may be an old one. */
    private final AtomicReference<Frontier> left = new AtomicReference<>(Frontier.EMPTY);

    AuditAppender(Transactions transactions, LogSoundness soundness) {
        this.transactions = transactions;
        this.soundness = soundness;
    }

    /** The tree after these entries; their indices are the last ones of it, in their order. */
    TreeHead append(List<AuditEntry> entries) {
        return appendRows(LeafRow.of(entries));
    }

    /** The same with what was computed before. */
    TreeHead appendRows(List<LeafRow> rows) {
        soundness.require();
        try {
            return transactions.statements(connection -> {
                var after = append(connection, rows);
                left.set(after);
                return after.head();
            });
        } catch (LogDamaged e) {
            soundness.doubt(String.valueOf(e.getMessage()));
            throw new RecordUnavailable(e);
        }
    }

    /** Behind the edge we left while nobody else appended since; else the edge is read first. Either way the head is locked from then on. */
    private Frontier append(Connection connection, List<LeafRow> rows) throws SQLException {
        var known = left.get();
        if (known.size() > 0) {
            var step = Step.from(known, rows);
            if (take(connection, known, step, rows)) {
                return step.after();
            }
        }
        var edge = lockEdge(connection);
        var step = Step.from(edge, rows);
        if (!take(connection, edge, step, rows)) {
            throw new LogDamaged("the audit log's head moved while it was locked");
        }
        return step.after();
    }

    private static boolean take(Connection connection, Frontier edge, Step step, List<LeafRow> rows)
            throws SQLException {
        if (!LeafInsert.insertBehind(connection, edge, step.after(), rows)) {
            return false;
        }
        insert(connection, step.stored());
        return true;
    }

    /** What rows make of an edge: the next one, and which subtrees are to be stored. */
    private record Step(Frontier after, List<Frontier.Node> stored) {
        static Step from(Frontier edge, List<LeafRow> rows) {
            var stored = new ArrayList<Frontier.Node>();
            var after = edge.append(rows.stream().map(LeafRow::hash).toList(), node -> {
                if (node.level() >= LEAST_STORED_LEVEL) {
                    stored.add(node);
                }
            });
            return new Step(after, List.copyOf(stored));
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

    private static void insert(Connection connection, List<Frontier.Node> stored) throws SQLException {
        if (stored.isEmpty()) {
            return;
        }
        try (var nodes = connection.prepareStatement("INSERT INTO audit_node (level, index, hash) VALUES (?, ?, ?)")) {
            for (var node : stored) {
                nodes.setInt(1, node.level());
                nodes.setLong(2, node.index());
                nodes.setBytes(3, node.hash().bytes());
                nodes.addBatch();
            }
            nodes.executeBatch();
        }
    }
}
