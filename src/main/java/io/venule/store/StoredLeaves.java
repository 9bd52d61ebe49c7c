package io.venule.store;

import io.venule.audit.AuditLog.LeafSink;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows of {@code audit_leaf} in their order as the database sends them in its binary copy format: the fastest way out of it, and nothing is taken apart
 * on the thread that receives. To be read to its end before the connection is used for anything else; closing does so.
 * Source: PostgreSQL, "COPY", "Binary Format".
 */
final class StoredLeaves implements AutoCloseable {
    /** Signature, flags and the length of no extension. */
    private static final int HEADER = 11 + 4 + 4;
    /** Where the number of fields and the index's length are over, in a row that begins with the index. */
    private static final int INDEX = 2 + 4;
    /** And where the index and the leaf's length are. */
    private static final int LEAF = INDEX + 8 + 4;

    private final CopyOut rows;
    private boolean begun;

    private StoredLeaves(CopyOut rows) {
        this.rows = rows;
    }

    /** The rows from this index on and before that one, with all that is to be compared with the leaf. */
    static StoredLeaves between(Connection connection, long from, long end) throws SQLException {
        return read(connection, "index, leaf, hash, kind, actor, order_id, place, patient, drug, person", from, end);
    }

    /** Hands out the leaves from this index on and before that one, as they are. */
    static void each(Connection connection, long from, long end, LeafSink sink) throws SQLException {
        try (var leaves = read(connection, "index, leaf", from, end)) {
            for (var row = leaves.row(); row.length > 0; row = leaves.row()) {
                var index = ByteBuffer.wrap(row).getLong(INDEX);
                sink.take(index, Arrays.copyOfRange(row, LEAF, row.length));
            }
        }
    }

    private static StoredLeaves read(Connection connection, String columns, long from, long end) throws SQLException {
        return new StoredLeaves(connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT " + columns + " FROM audit_leaf WHERE index >= " + from + " AND index < " + end
                        + " ORDER BY index) TO STDOUT (FORMAT binary)"));
    }

    /** The next rows, at most so many; none at the end. */
    List<byte[]> next(int atMost) throws SQLException {
        var next = new ArrayList<byte[]>(atMost);
        while (next.size() < atMost) {
            var row = row();
            if (row.length == 0) {
                break;
            }
            next.add(row);
        }
        return next;
    }

    private byte[] row() throws SQLException {
        while (rows.isActive()) {
            var message = rows.readFromCopy();
            if (message == null) {
                break;
            }
            var row = begun ? message : Arrays.copyOfRange(message, HEADER, message.length);
            begun = true;
            // The end is a row of minus one fields.
            if (row.length > Short.BYTES) {
                return row;
            }
        }
        return new byte[0];
    }

    @Override
    public void close() throws SQLException {
        while (row().length > 0) {
            // What nobody wants any more.
        }
    }
}
