package io.venule.store;

import java.nio.ByteBuffer;
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
    /** Signature, no flags, no extension. */
    private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    /** The database counts microseconds from then. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    /** A row of minus one fields. */
    private static final byte[] END = {-1, -1};
    /** Number of fields, their lengths, index, hash and instant. */
    private static final int FIXED = 2 + 11 * 4 + 8 + 32 + 8;

    /** Rows written at a time, so that what is held at once stays small however many there are. */
    private static final int AT_ONCE = 256;

    private final byte[] bytes;
    private final ByteBuffer out;

    private LeafCopy(List<LeafRow> rows) {
        this.bytes = new byte[rows.stream().mapToInt(LeafCopy::most).sum()];
        this.out = ByteBuffer.wrap(bytes);
    }

    /** The first of them gets this index; gives how many were put in. */
    static long copy(Connection connection, long firstIndex, List<LeafRow> rows) throws SQLException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            copy.writeToCopy(HEADER, 0, HEADER.length);
            for (int at = 0; at < rows.size(); at += AT_ONCE) {
                var some = rows.subList(at, Math.min(rows.size(), at + AT_ONCE));
                var written = new LeafCopy(some);
                written.write(firstIndex + at, some);
                copy.writeToCopy(written.bytes, 0, written.out.position());
            }
            copy.writeToCopy(END, 0, END.length);
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Bytes of a row at most: kind and words stand in the leaf, too, as texts that do not share a byte. */
    private static int most(LeafRow row) {
        return FIXED + 2 * row.bytes().length;
    }

    private void write(long firstIndex, List<LeafRow> rows) {
        var index = firstIndex;
        for (var row : rows) {
            write(index, row);
            index++;
        }
    }

    private void write(long index, LeafRow row) {
        out.putShort((short) (5 + LeafRow.WORDS.size()));
        writeField(index);
        writeField(row.bytes());
        writeField(row.hash().bytes());
        writeField(row.entry().kind().name());
        writeField(ChronoUnit.MICROS.between(EPOCH, row.entry().at()));
        for (var word : LeafRow.WORDS) {
            writeField(word.apply(row));
        }
    }

    private void writeField(long value) {
        out.putInt(Long.BYTES).putLong(value);
    }

    private void writeField(String value) {
        writeField(value.getBytes(StandardCharsets.UTF_8));
    }

    private void writeField(byte[] value) {
        out.putInt(value.length).put(value);
    }
}
