package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.pump.PumpSerial;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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

    /** How many orders were on record and never at a pump. */
    long expired() throws SQLException {
        return firsts("SELECT id FROM infusion_order WHERE state = 'EXPIRED'").size();
    }

    /** What is on record of a tap: one order, and beside a refused one perhaps another. */
    List<String> ordersOf(Tap tap) throws SQLException {
        return firsts("SELECT id FROM infusion_order WHERE submission IN (?, ?, ?)", submissionsOf(tap));
    }

    /** How often a pump took what this tap made. */
    List<String> acceptedOf(Tap tap) throws SQLException {
        return firsts(
                "SELECT sequence FROM pump_record JOIN infusion_order ON id = order_id"
                        + " WHERE event = 'OrderAccepted' AND submission IN (?, ?, ?)",
                submissionsOf(tap));
    }

    private static String[] submissionsOf(Tap tap) {
        return Stream.concat(tap.submissions().stream(), Stream.of(tap.anew())).toArray(String[]::new);
    }

    private List<String> firsts(String sql, String... texts) throws SQLException {
        return rows(sql, texts).stream().map(List::getFirst).toList();
    }

    /** The program of each channel, and whether a change of it waits; two of either fail. */
    Map<String, String> waiting() throws SQLException {
        var waiting = new TreeMap<String, String>();
        for (var row : rows(
                "SELECT pump || '/' || channel || CASE target WHEN '' THEN '' ELSE ' changed' END,"
                        + " CASE target WHEN '' THEN id ELSE target END FROM infusion_order WHERE state IN ('WAITING', 'RUNNING')")) {
            assertThat(waiting.put(row.getFirst(), row.getLast()))
                    .as(row.getFirst())
                    .isNull();
        }
        return waiting;
    }

    /** Each tap made one order; each order was taken once at most, and none while another waited there. */
    void everyTapMadeOneOrderThatWasTakenOnceAtMost(List<Tap> taps) throws SQLException {
        var orders = firsts("SELECT submission FROM infusion_order");
        for (var tap : taps) {
            assertThat(orders.stream().filter(tap.submissions()::contains))
                    .as("%s on %s", tap.sort(), tap.place())
                    .hasSize(1);
        }
        var anew = taps.stream().map(Tap::anew).toList();
        assertThat(orders.stream().filter(submission -> !anew.contains(submission)))
                .hasSize(taps.size());
        var waiting = new HashMap<String, String>();
        for (var row : rows("SELECT pump || '/' || channel, event, order_id FROM pump_record"
                + " WHERE event IN ('OrderAccepted', 'OrderDropped', 'Confirmed')"
                + " AND order_id IN (SELECT id FROM infusion_order) ORDER BY pump, sequence")) {
            var before = row.get(1).equals("OrderAccepted")
                    ? waiting.put(row.getFirst(), row.getLast())
                    : waiting.remove(row.getFirst());
            assertThat(before)
                    .as("before %s", row)
                    .isEqualTo(row.get(1).equals("OrderAccepted") ? null : row.getLast());
        }
        assertThat(waiting).isEmpty();
        assertThat(firsts("SELECT order_id FROM pump_record WHERE event = 'OrderAccepted'"))
                .doesNotHaveDuplicates();
    }

    /** How often it is in the log that somebody wants this order ended. */
    int askedToEnd(String order) throws SQLException {
        return firsts("SELECT index FROM audit_leaf WHERE kind = 'STOP_ASKED' AND order_id = ?", order)
                .size();
    }

    /** No pump took back or asked for STOP but what a nurse had asked for in the log before. How many it took. */
    int everyEndWasAskedForFirst() throws SQLException {
        var asked = new HashMap<String, Integer>();
        int taken = 0;
        for (var row : rows("SELECT place, index, 1 FROM audit_leaf WHERE kind = 'STOP_ASKED'"
                + " UNION ALL SELECT pump || '/' || channel, audit_index, -1 FROM pump_record"
                + " WHERE event = 'OrderAccepted' AND order_id NOT IN (SELECT id FROM infusion_order) ORDER BY 2")) {
            var left = asked.merge(row.getFirst(), Integer.valueOf(row.getLast()), Integer::sum);
            assertThat(left).as("asked for before it was taken: %s", row).isNotNegative();
            taken += row.getLast().equals("1") ? 0 : 1;
        }
        return taken;
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
