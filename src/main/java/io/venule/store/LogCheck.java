package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.audit.Checkpoint;
import io.venule.audit.Frontier;
import io.venule.audit.Leaf;
import io.venule.signing.Digest;
import io.venule.signing.JsonMembers.Reading;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the whole log again: each leaf is hashed anew, its number and its search columns are compared with it, the tree is built from
 * nothing, and every checkpoint and the head must be states of that tree. Costs a read of the whole table; the memory it takes is bounded.
 * Threats T-43, T-44, P-11.
 */
@Singleton
final class LogCheck {
    private final Transactions transactions;
    private final CheckpointKey key;
    private final StoreSettings settings;

    LogCheck(Transactions transactions, CheckpointKey key, StoreSettings settings) {
        this.transactions = transactions;
        this.key = key;
        this.settings = settings;
    }

    /** What checking found. */
    sealed interface Found {
        /** The log holds; this is its right edge. */
        record Sound(Frontier edge) implements Found {}

        /** What is wrong first, naming the index. */
        record Faulty(String reason) implements Found {}
    }

    Found check() {
        return transactions.inOneLong(() -> transactions.statements(this::check));
    }

    private Found check(Connection connection) throws SQLException {
        try (var begin = connection.createStatement()) {
            // One unmoving view for head, leaves and checkpoints, whoever appends meanwhile.
            begin.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        }
        try (var checkpoints = connection.prepareStatement("SELECT note FROM audit_checkpoint ORDER BY size")) {
            checkpoints.setFetchSize(settings.rowsPerFetch());
            try (var notes = checkpoints.executeQuery()) {
                return new Walk(connection, notes).walk();
            }
        }
    }

    /** One walk from the first leaf to the last. */
    private final class Walk {
        private final Connection connection;
        private final ResultSet notes;
        private Frontier edge = Frontier.EMPTY;
        private Optional<Checkpoint> next = Optional.empty();

        Walk(Connection connection, ResultSet notes) {
            this.connection = connection;
            this.notes = notes;
        }

        Found walk() throws SQLException {
            next = nextCheckpoint();
            try (var statement = connection.prepareStatement(
                    "SELECT index, leaf, hash, kind, actor, order_id, place FROM audit_leaf ORDER BY index")) {
                statement.setFetchSize(settings.rowsPerFetch());
                try (var leaves = statement.executeQuery()) {
                    while (leaves.next()) {
                        var fault = fault(leaves);
                        if (!fault.isEmpty()) {
                            return new Found.Faulty(fault);
                        }
                    }
                }
            }
            return end();
        }

        private String fault(ResultSet leaf) throws SQLException {
            var index = edge.size();
            if (leaf.getLong(1) != index) {
                return "entry " + index + " is missing";
            }
            var bytes = leaf.getBytes(2);
            var hash = Leaf.hash(bytes);
            if (!Arrays.equals(hash.bytes(), leaf.getBytes(3))) {
                return "entry " + index + " was changed";
            }
            if (!isDrawnFrom(bytes, leaf)) {
                return "entry " + index + " is filed under what it does not say";
            }
            var completed = new ArrayList<Frontier.Node>();
            edge = edge.append(hash, completed::add);
            for (var node : completed) {
                if (node.level() >= AuditAppender.LEAST_STORED_LEVEL
                        && !LogReader.storedNode(connection, node.level(), node.index())
                                .equals(Optional.of(node.hash()))) {
                    return "subtree " + node.level() + "/" + node.index() + " was changed";
                }
            }
            return faultOfCheckpoint();
        }

        private String faultOfCheckpoint() throws SQLException {
            while (next.isPresent() && next.get().head().size() == edge.size()) {
                if (!next.get().head().equals(edge.head())) {
                    return "an entry before " + edge.size() + " is not what was signed then";
                }
                next = nextCheckpoint();
            }
            return "";
        }

        private boolean isDrawnFrom(byte[] bytes, ResultSet leaf) throws SQLException {
            return AuditEntry.parse(bytes) instanceof Reading.Ok<AuditEntry>(var entry)
                    && entry.kind().name().equals(leaf.getString(4))
                    && entry.actor().equals(leaf.getString(5))
                    && entry.order().equals(leaf.getString(6))
                    && entry.place().equals(leaf.getString(7));
        }

        private Optional<Checkpoint> nextCheckpoint() throws SQLException {
            return notes.next() ? Optional.of(key.verified(notes.getString(1))) : Optional.empty();
        }

        private Found end() throws SQLException {
            if (next.isPresent()) {
                return new Found.Faulty("entries from " + edge.size() + " on are missing: "
                        + next.get().head().size() + " were signed");
            }
            try (var statement = connection.prepareStatement("SELECT size, frontier, root FROM audit_head");
                    var head = statement.executeQuery()) {
                if (!head.next()
                        || head.getLong(1) != edge.size()
                        || !Arrays.equals(head.getBytes(2), edge.bytes())
                        || !Digest.ofRaw(head.getBytes(3)).equals(edge.head().root())) {
                    return new Found.Faulty("the head is not that of the " + edge.size() + " entries there are");
                }
            }
            return new Found.Sound(edge);
        }
    }
}
