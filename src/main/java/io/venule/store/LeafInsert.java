package io.venule.store;

import io.venule.audit.Frontier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/** Puts rows into {@code audit_leaf}: a list a column in one statement of one shape, however many rows there are, so that it is parsed and planned once. */
final class LeafInsert {
    private static final String COLUMNS = "index, leaf, hash, kind, at, actor, order_id, place, patient, drug, person";
    private static final String ROWS =
            "unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::timestamptz[], ?::text[],"
                    + " ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) AS l (" + COLUMNS + ")";
    private static final String INSERT = "INSERT INTO audit_leaf (" + COLUMNS + ") SELECT l.* FROM " + ROWS;
    private static final String INSERT_BEHIND = "WITH moved AS (UPDATE audit_head SET size = ?, frontier = ?, root = ?"
            + " WHERE size = ? AND frontier = ? AND root = ? RETURNING size)"
            + " INSERT INTO audit_leaf (" + COLUMNS + ") SELECT l.* FROM moved, " + ROWS;

    private final Connection connection;
    private final List<LeafRow> rows;

    private LeafInsert(Connection connection, List<LeafRow> rows) {
        this.connection = connection;
        this.rows = rows;
    }

    /** The first of them gets this index. */
    static void insert(Connection connection, long firstIndex, List<LeafRow> rows) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            new LeafInsert(connection, rows).set(statement, 0, firstIndex);
            if (statement.executeUpdate() != rows.size()) {
                throw new SQLException("not every leaf was put in");
            }
        }
    }

    /** Moves the log's head from one edge to the other and puts the rows between them in; nothing, and false, where the head is not at the first. */
    static boolean insertBehind(Connection connection, Frontier edge, Frontier after, List<LeafRow> rows)
            throws SQLException {
        try (var statement = connection.prepareStatement(INSERT_BEHIND)) {
            setEdge(statement, 0, after);
            setEdge(statement, 3, edge);
            new LeafInsert(connection, rows).set(statement, 6, edge.size());
            var count = statement.executeUpdate();
            if (count != 0 && count != rows.size()) {
                throw new SQLException("not every leaf was put in");
            }
            return count > 0;
        }
    }

    private static void setEdge(PreparedStatement statement, int before, Frontier edge) throws SQLException {
        statement.setLong(before + 1, edge.size());
        statement.setBytes(before + 2, edge.bytes());
        statement.setBytes(before + 3, edge.head().root().bytes());
    }

    private void set(PreparedStatement statement, int before, long firstIndex) throws SQLException {
        var indices =
                LongStream.range(firstIndex, firstIndex + rows.size()).boxed().toArray();
        statement.setArray(before + 1, connection.createArrayOf("bigint", indices));
        column(statement, before + 2, "bytea", byte[][]::new, LeafRow::bytes);
        column(statement, before + 3, "bytea", byte[][]::new, row -> row.hash().bytes());
        column(
                statement,
                before + 4,
                "text",
                String[]::new,
                row -> row.entry().kind().name());
        column(
                statement,
                before + 5,
                "timestamptz",
                Object[]::new,
                row -> row.entry().at().atOffset(ZoneOffset.UTC));
        column(statement, before + 6, "text", String[]::new, row -> row.entry().actor());
        column(statement, before + 7, "text", String[]::new, row -> row.entry().order());
        column(statement, before + 8, "text", String[]::new, row -> row.entry().place());
        column(statement, before + 9, "text", String[]::new, row -> row.entry().said("patient"));
        column(statement, before + 10, "text", String[]::new, row -> row.entry().said("drug"));
        column(statement, before + 11, "text", String[]::new, row -> row.entry().person());
    }

    private <T> void column(
            PreparedStatement statement, int number, String type, IntFunction<T[]> made, Function<LeafRow, T> content)
            throws SQLException {
        statement.setArray(
                number,
                connection.createArrayOf(type, rows.stream().map(content).toArray(made)));
    }
}
