package io.venule.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.postgresql.PGConnection;

/** Rows of {@code audit_leaf} in the database's binary copy format, written in one piece. Source: PostgreSQL, "COPY", "Binary Format". */
final class LeafCopy {
    private static final String COPY = "COPY audit_leaf (" + LeafInsert.COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    /** The database counts microseconds from then. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final short END = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private LeafCopy() {}

    /** The first of them gets this index; gives how many were put in. */
    static long copy(Connection connection, long firstIndex, List<LeafRow> rows) throws SQLException {
        var written = written(firstIndex, rows);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            copy.writeToCopy(written, 0, written.length);
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static byte[] written(long firstIndex, List<LeafRow> rows) {
        var copy = new LeafCopy();
        try {
            copy.out.write(SIGNATURE);
            copy.out.writeLong(0);
            var index = firstIndex;
            for (var row : rows) {
                copy.write(index, row);
                index++;
            }
            copy.out.writeShort(END);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy.bytes.toByteArray();
    }

    private void write(long index, LeafRow row) throws IOException {
        out.writeShort(5 + LeafRow.WORDS.size());
        writeField(index);
        writeField(row.bytes());
        writeField(row.hash().bytes());
        writeField(row.entry().kind().name());
        writeField(ChronoUnit.MICROS.between(EPOCH, row.entry().at()));
        for (var word : LeafRow.WORDS) {
            writeField(word.apply(row));
        }
    }

    private void writeField(long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    private void writeField(String value) throws IOException {
        writeField(value.getBytes(StandardCharsets.UTF_8));
    }

    private void writeField(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }
}
