package io.venule.store;

import io.venule.order.PumpRecords.Logged;
import io.venule.pump.PumpEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;

/** Puts records into {@code pump_record}: a few as a batch, many by {@link BinaryCopy}, because pumps report far more often than anything else happens. */
final class RecordInsert {
    private static final String COLUMNS =
            "pump, epoch, sequence, previous_hash, hash, pump_clock, uptime_ms, event, channel, order_id, signed, audit_index";
    private static final BinaryCopy.Target RECORDS = BinaryCopy.Target.of("pump_record", COLUMNS);
    private static final String INSERT =
            "INSERT INTO pump_record (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private RecordInsert() {}

    /** The audit entry of the first has this index, and so on; gives how many were put in. */
    static long insert(Connection connection, List<Logged> records, long firstIndex) throws SQLException {
        return records.size() < BinaryCopy.MANY
                ? few(connection, records, firstIndex)
                : BinaryCopy.copy(
                        connection, RECORDS, records, (out, place, logged) -> write(out, logged, firstIndex + place));
    }

    private static void write(BinaryCopy out, Logged logged, long index) {
        var record = logged.record();
        out.field(record.pump().value())
                .field(record.position().epoch())
                .field(record.position().sequence())
                .field(record.previousHash())
                .field(record.hash())
                .field(record.pumpClock())
                .field(record.uptimeMillis())
                .field(record.event().getClass().getSimpleName());
        if (record.event() instanceof PumpEvent.OfChannel on) {
            out.field(on.channel());
        } else {
            out.nothing();
        }
        out.field(PostgresPumpRecords.orderOf(record.event()))
                .field(record.signed())
                .field(index);
    }

    private static long few(Connection connection, List<Logged> records, long firstIndex) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            for (int place = 0; place < records.size(); place++) {
                set(statement, records.get(place), firstIndex + place);
                statement.addBatch();
            }
            return statement.executeBatch().length;
        }
    }

    private static void set(PreparedStatement statement, Logged logged, long index) throws SQLException {
        var record = logged.record();
        statement.setString(1, record.pump().value());
        statement.setString(2, record.position().epoch());
        statement.setLong(3, record.position().sequence());
        statement.setString(4, record.previousHash());
        statement.setString(5, record.hash());
        statement.setObject(6, record.pumpClock().atOffset(ZoneOffset.UTC));
        statement.setLong(7, record.uptimeMillis());
        statement.setString(8, record.event().getClass().getSimpleName());
        if (record.event() instanceof PumpEvent.OfChannel on) {
            statement.setInt(9, on.channel());
        } else {
            statement.setNull(9, Types.INTEGER);
        }
        statement.setString(10, PostgresPumpRecords.orderOf(record.event()));
        statement.setString(11, record.signed());
        statement.setLong(12, index);
    }
}
