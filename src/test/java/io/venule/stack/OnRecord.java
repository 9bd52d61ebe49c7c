package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.pump.PumpSerial;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What the servers wrote down, looked at in their database and past all of them. */
final class OnRecord {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final VenuleStack stack;

    OnRecord(VenuleStack stack) {
        this.stack = stack;
    }

    List<List<String>> rows(String sql, String... texts) throws SQLException {
        var database = stack.database();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < texts.length; i++) {
                statement.setString(i + 1, texts[i]);
            }
            var rows = new ArrayList<List<String>>();
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    var row = new ArrayList<String>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(found.getString(i)));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    /** Each record once, in the pump's own order, and in the log in the same order. */
    void everyDoorIsThereOnceAndInOrder(Map<PumpSerial, Integer> pressed) throws SQLException {
        assertThat(pressed).hasSameSizeAs(stack.pumps());
        for (var pump : pressed.entrySet()) {
            var serial = pump.getKey().value();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> doorsOf(serial) >= pump.getValue());
            assertThat(doorsOf(serial)).as(serial).isEqualTo(pump.getValue());
            var sequences = rows(
                            "SELECT sequence FROM pump_record JOIN audit_leaf ON index = audit_index"
                                    + " WHERE pump = ? ORDER BY audit_index",
                            serial)
                    .stream()
                    .map(row -> Long.parseLong(row.getFirst()))
                    .toList();
            assertThat(sequences)
                    .as(serial)
                    .isEqualTo(
                            LongStream.rangeClosed(1, sequences.size()).boxed().toList());
        }
    }

    private int doorsOf(String serial) throws SQLException {
        return Integer.parseInt(
                rows("SELECT count(*) FROM pump_record WHERE pump = ? AND event = 'DoorChanged'", serial)
                        .getFirst()
                        .getFirst());
    }
}
