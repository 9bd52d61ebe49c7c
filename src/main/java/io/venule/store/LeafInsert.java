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

/**
 * Puts rows into {@code audit_leaf} behind the log's head, which it moves. A few go together with the head in one statement of one shape, a list a
 * column, so that there is one way to the database and back; many go by {@link BinaryCopy}.
 */
final class LeafInsert {
    private static final String COLUMNS = "index, leaf, hash, kind, at, actor, order_id, place, patient, drug, person";
    private static final BinaryCopy.Target LEAVES = BinaryCopy.Target.of("audit_leaf", COLUMNS);
    private static final String MOVE =
            "UPDATE audit_head SET size = ?, frontier = ?, root = ? WHERE size = ? AND frontier = ? AND root = ?";
    private static final String INSERT = "WITH moved AS (" + MOVE + " RETURNING size)"
            + " INSERT INTO audit_leaf (" + COLUMNS + ") SELECT l.* FROM moved,"
            + " unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::timestamptz[], ?::text[],"
            + " ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) AS l (" + COLUMNS + ")";

    private final Connection connection;
    private final List<LeafRow> rows;

    private LeafInsert(Connection connection, List<LeafRow> rows) {
        this.connection = connection;
        this.rows = rows;
    }

    /** Moves the log's head from one edge to the other and puts the rows between them in; nothing, and false, where the head is not at the first. */
    static boolean insertBehind(Connection connection, Frontier edge, Frontier after, List<LeafRow> rows)
            throws SQLException {
        var insert = new LeafInsert(connection, rows);
        var count = rows.size() < BinaryCopy.MANY ? insert.few(edge, after) : insert.many(edge, after);
        if (count != 0 && count != rows.size()) {
            throw new SQLException("not every leaf was put in");
        }
        return count > 0;
    }

    private long few(Frontier edge, Frontier after) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            setEdges(statement, edge, after);
            set(statement, 6, edge.size());
            return statement.executeUpdate();
        }
    }

    private long many(Frontier edge, Frontier after) throws SQLException {
        try (var statement = connection.prepareStatement(MOVE)) {
            setEdges(statement, edge, after);
            return statement.executeUpdate() == 0 ? 0 : copy(edge.size());
        }
    }

    private long copy(long firstIndex) throws SQLException {
        return BinaryCopy.copy(connection, LEAVES, rows, (out, place, row) -> {
            out.field(firstIndex + place)
                    .field(row.bytes())
                    .field(row.hash().bytes())
                    .field(row.entry().kind().name())
                    .field(row.entry().at());
            for (var word : LeafRow.WORDS) {
                out.field(word.apply(row));
            }
        });
    }

    private static void setEdges(PreparedStatement statement, Frontier edge, Frontier after) throws SQLException {
        setEdge(statement, 0, after);
        setEdge(statement, 3, edge);
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
        for (int i = 0; i < LeafRow.WORDS.size(); i++) {
            column(statement, before + 6 + i, "text", String[]::new, LeafRow.WORDS.get(i));
        }
    }

    private <T> void column(
            PreparedStatement statement, int number, String type, IntFunction<T[]> made, Function<LeafRow, T> content)
            throws SQLException {
        statement.setArray(
                number,
                connection.createArrayOf(type, rows.stream().map(content).toArray(made)));
    }
}
