package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditLog.Logged;
import io.venule.audit.TreeHead;
import io.venule.signing.Digest;
import io.venule.signing.JsonMembers.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads of the audit log's tables that more than one class needs. */
final class LogReader {
    private LogReader() {}

    /** Sets the parameters of a statement. */
    interface Parameters {
        void on(PreparedStatement statement) throws SQLException;
    }

    static TreeHead head(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT size, root FROM audit_head");
                var found = statement.executeQuery()) {
            if (!found.next()) {
                throw new IllegalStateException("the audit log has no head");
            }
            return new TreeHead(found.getLong(1), Digest.ofRaw(found.getBytes(2)));
        }
    }

    /** The one number that a query gives. */
    static long longOf(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql);
                var found = statement.executeQuery()) {
            if (!found.next()) {
                throw new IllegalStateException("no row from: " + sql);
            }
            return found.getLong(1);
        }
    }

    static Optional<String> newestNote(Connection connection) throws SQLException {
        try (var statement =
                        connection.prepareStatement("SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1");
                var found = statement.executeQuery()) {
            return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
        }
    }

    static List<Digest> hashes(Connection connection, long from, long end) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT hash FROM audit_leaf WHERE index >= ? AND index < ? ORDER BY index")) {
            statement.setLong(1, from);
            statement.setLong(2, end);
            try (var found = statement.executeQuery()) {
                var hashes = new ArrayList<Digest>();
                while (found.next()) {
                    hashes.add(Digest.ofRaw(found.getBytes(1)));
                }
                return hashes;
            }
        }
    }

    static Digest node(Connection connection, int level, long index) throws SQLException {
        return storedNode(connection, level, index)
                .orElseThrow(() -> new IllegalStateException("audit node " + level + "/" + index + " is missing"));
    }

    static Optional<Digest> storedNode(Connection connection, int level, long index) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT hash FROM audit_node WHERE level = ? AND index = ?")) {
            statement.setInt(1, level);
            statement.setLong(2, index);
            try (var found = statement.executeQuery()) {
                return found.next() ? Optional.of(Digest.ofRaw(found.getBytes(1))) : Optional.empty();
            }
        }
    }

    /** Where a complete subtree stands: the {@code index}-th of its level. */
    record Place(int level, long index) {}

    /** The stored subtrees whose last leaf is from {@code from} on and before {@code end}. */
    static Map<Place, Digest> completedNodes(Connection connection, long from, long end) throws SQLException {
        var nodes = new HashMap<Place, Digest>();
        try (var statement = connection.prepareStatement(
                "SELECT index, hash FROM audit_node WHERE level = ? AND index >= ? AND index < ?")) {
            for (int level = AuditAppender.LEAST_STORED_LEVEL; from >> level < end >> level; level++) {
                statement.setInt(1, level);
                statement.setLong(2, from >> level);
                statement.setLong(3, end >> level);
                try (var found = statement.executeQuery()) {
                    while (found.next()) {
                        nodes.put(new Place(level, found.getLong(1)), Digest.ofRaw(found.getBytes(2)));
                    }
                }
            }
        }
        return nodes;
    }

    /** Entries of {@code SELECT index, leaf …}. */
    static List<Logged> entries(Connection connection, String sql, Parameters parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            parameters.on(statement);
            try (var found = statement.executeQuery()) {
                var entries = new ArrayList<Logged>();
                while (found.next()) {
                    entries.add(logged(found));
                }
                return List.copyOf(entries);
            }
        }
    }

    private static Logged logged(ResultSet found) throws SQLException {
        var index = found.getLong(1);
        return switch (AuditEntry.parse(found.getBytes(2))) {
            case Reading.Ok<AuditEntry>(var entry) -> new Logged(index, entry);
            case Reading.Refused<AuditEntry> refused ->
                throw new IllegalStateException("audit entry " + index + " cannot be read: " + refused.text());
        };
    }
}
