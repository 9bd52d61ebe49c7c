package io.venule.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Many rows put into a table in the database's binary copy format: two ways more to the database than one statement, and far less work a row. Source: PostgreSQL, "COPY", "Binary
 * Format".
 */
final class BinaryCopy {
    /** Rows from which on it is worth its two ways: a rough limit, since what they cost depends on how far away the database is. */
    static final int MANY = 24;

    /** Signature, no flags, no extension. */
    private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    /** The database counts microseconds from then. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    /** A row of minus one fields. */
    private static final byte[] END = {-1, -1};

    private static final int NULL = -1;
    /** Bytes sent at a time, so that what is held at once stays small however many rows there are. */
    private static final int AT_ONCE = 128 << 10;

    private byte[] bytes = new byte[AT_ONCE];
    private ByteBuffer out = ByteBuffer.wrap(bytes);

    private BinaryCopy() {}

    /** What a row is in the table, field by field in the order of its columns. */
    interface Fields<R> {
        /** @param place of the row in the list, from 0 */
        void write(BinaryCopy out, int place, R row);
    }

    /** A table and the columns that are given. */
    record Target(String table, String columns, int count) {
        /** @param columns with commas between them */
        static Target of(String table, String columns) {
            return new Target(table, columns, columns.split(",", -1).length);
        }

        private String command() {
            return "COPY " + table + " (" + columns + ") FROM STDIN (FORMAT binary)";
        }
    }

    /** Gives how many rows were put in: all of them. */
    static <R> long copy(Connection connection, Target target, List<R> rows, Fields<R> fields) throws SQLException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(target.command());
        try {
            var written = new BinaryCopy();
            written.put(HEADER);
            for (int place = 0; place < rows.size(); place++) {
                written.room(Short.BYTES).putShort((short) target.count());
                fields.write(written, place, rows.get(place));
                if (written.out.position() >= AT_ONCE / 2) {
                    copy.writeToCopy(written.bytes, 0, written.out.position());
                    written.out.clear();
                }
            }
            written.put(END);
            copy.writeToCopy(written.bytes, 0, written.out.position());
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Of type {@code bigint}. */
    BinaryCopy field(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    /** Of type {@code integer}. */
    BinaryCopy field(int value) {
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    /** Of type {@code text}. */
    BinaryCopy field(String value) {
        return field(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Of type {@code bytea}. */
    BinaryCopy field(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    /** Of type {@code timestamptz}. */
    BinaryCopy field(Instant value) {
        return field(ChronoUnit.MICROS.between(EPOCH, value));
    }

    BinaryCopy nothing() {
        room(Integer.BYTES).putInt(NULL);
        return this;
    }

    private void put(byte[] raw) {
        room(raw.length).put(raw);
    }

    /** With room for so many bytes more: one row may be larger than what is sent at a time. */
    private ByteBuffer room(int more) {
        if (out.remaining() < more) {
            int used = out.position();
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + more));
            out = ByteBuffer.wrap(bytes).position(used);
        }
        return out;
    }
}
