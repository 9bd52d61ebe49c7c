package io.venule.store;

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
    private static final String SQL =
            "INSERT INTO audit_leaf (index, leaf, hash, kind, at, actor, order_id, place, patient, drug, person)"
                    + " SELECT * FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::timestamptz[], ?::text[],"
                    + " ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])";

    private final Connection connection;
    private final List<LeafRow> rows;

    private LeafInsert(Connection connection, List<LeafRow> rows) {
        this.connection = connection;
        this.rows = rows;
    }

    /** The first of them gets this index. */
    static void insert(Connection connection, long firstIndex, List<LeafRow> rows) throws SQLException {
        try (var statement = connection.prepareStatement(SQL)) {
            new LeafInsert(connection, rows).set(statement, firstIndex);
            if (statement.executeUpdate() != rows.size()) {
                throw new SQLException("not every leaf was put in");
            }
        }
    }

    private void set(PreparedStatement statement, long firstIndex) throws SQLException {
        var indices =
                LongStream.range(firstIndex, firstIndex + rows.size()).boxed().toArray();
        statement.setArray(1, connection.createArrayOf("bigint", indices));
        column(statement, 2, "bytea", byte[][]::new, LeafRow::bytes);
        column(statement, 3, "bytea", byte[][]::new, row -> row.hash().bytes());
        column(statement, 4, "text", String[]::new, row -> row.entry().kind().name());
        column(
                statement,
                5,
                "timestamptz",
                Object[]::new,
                row -> row.entry().at().atOffset(ZoneOffset.UTC));
        column(statement, 6, "text", String[]::new, row -> row.entry().actor());
        column(statement, 7, "text", String[]::new, row -> row.entry().order());
        column(statement, 8, "text", String[]::new, row -> row.entry().place());
        column(statement, 9, "text", String[]::new, row -> row.entry().said("patient"));
        column(statement, 10, "text", String[]::new, row -> row.entry().said("drug"));
        column(statement, 11, "text", String[]::new, row -> row.entry().person());
    }

    private <T> void column(
            PreparedStatement statement, int number, String type, IntFunction<T[]> made, Function<LeafRow, T> content)
            throws SQLException {
        statement.setArray(
                number,
                connection.createArrayOf(type, rows.stream().map(content).toArray(made)));
    }
}
