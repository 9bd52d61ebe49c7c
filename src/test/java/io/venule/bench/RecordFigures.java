package io.venule.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.bench.Figures.Of;
import io.venule.opcua.BareClients;
import io.venule.pump.PumpSerial;
import io.venule.simulator.BareFleet;
import io.venule.simulator.FleetCa;
import io.venule.simulator.FleetPump;
import io.venule.stack.VenuleStack;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Records that all pumps have written and signed and send at once, until each is durable with its audit entry, beside events of the same size between bare servers and clients. */
final class RecordFigures {
    private static final int EACH = Integer.getInteger("bench.records", 2_000);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PUBLISHING = Duration.ofMillis(250);
    private static final int QUEUE = 5_000;

    private final VenuleStack stack;
    private final List<PumpSerial> pumps;
    private int recordSize;

    RecordFigures(VenuleStack stack) {
        this.stack = stack;
        this.pumps = stack.pumps().stream()
                .map(FleetPump::enrolment)
                .map(enrolment -> enrolment.serial())
                .toList();
    }

    void measure(Figures figures) throws Exception {
        var ca = FleetCa.create("Bench CA", Instant.now(), new SecureRandom());
        try (var database = BareParts.connect(stack.settings());
                var fleet = new BareFleet(pumps.size(), 1, ca);
                var clients = new BareClients(Files.createTempDirectory("venule-bench"), ca)) {
            ours(database);
            recordSize = size(database);
            var arrived = new AtomicInteger();
            var sessions = new ArrayList<BareClients.Client>();
            for (var server : fleet.servers()) {
                var client = clients.connect(server);
                client.subscribe(PUBLISHING, QUEUE, arrived::incrementAndGet);
                sessions.add(client);
            }
            figures.compare(
                    new Of(
                            "records from pumps to durable and audited rows, " + pumps.size() + " pumps",
                            "records/s",
                            "events of the same size over the same number of bare sessions"),
                    () -> ours(database),
                    () -> bare(fleet, arrived),
                    "goals 0.3 and 2000");
            for (var session : sessions) {
                session.close();
            }
            faults(figures, database);
        }
    }

    private double ours(Connection database) throws Exception {
        var all = kept(database) + (long) EACH * pumps.size();
        together(pump -> {
            stack.fleet().holdRecords(pumps.get(pump));
            stack.fleet().writeRecords(pumps.get(pump), EACH);
        });
        // What the server read from the pumps' logs meanwhile does not count.
        var before = entries(database);
        var left = all - kept(database);
        var from = System.nanoTime();
        together(pump -> stack.fleet().sendRecords(pumps.get(pump)));
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> entries(database) >= before + left && kept(database) >= all);
        return left / ((System.nanoTime() - from) / 1e9);
    }

    private double bare(BareFleet fleet, AtomicInteger arrived) throws Exception {
        arrived.set(0);
        var text = "x".repeat(recordSize);
        var from = System.nanoTime();
        together(server -> fleet.fire(server, EACH, text));
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> arrived.get() >= EACH * pumps.size());
        return EACH * pumps.size() / ((System.nanoTime() - from) / 1e9);
    }

    private interface OfOne {
        void run(int number);
    }

    private void together(OfOne work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, pumps.size())
                    .<Callable<String>>mapToObj(number -> () -> {
                        work.run(number);
                        return "";
                    })
                    .toList();
            for (var one : threads.invokeAll(all)) {
                one.get();
            }
        }
    }

    /** What is missing between the first and the last record of an epoch, what is there twice, and what has no audit entry. */
    private void faults(Figures figures, Connection database) throws Exception {
        var gaps = number(
                database,
                "SELECT coalesce(sum(most - least + 1 - n), 0) FROM (SELECT max(sequence) most, min(sequence) least,"
                        + " count(*) n FROM pump_record GROUP BY pump, epoch) x");
        var doubles = number(database, "SELECT count(*) - count(DISTINCT (pump, epoch, sequence)) FROM pump_record");
        var unaudited = number(
                database,
                "SELECT count(*) FROM pump_record r LEFT JOIN audit_leaf l ON l.index = r.audit_index"
                        + " WHERE l.kind IS DISTINCT FROM 'PUMP_RECORD'");
        assertThat(List.of(gaps, doubles, unaudited)).containsOnly(0L);
        figures.add(
                new Of("records missing, doubled or without audit entry", "records", "all that were kept"),
                new double[] {gaps + doubles + unaudited},
                new double[] {kept(database)},
                "");
    }

    /** Of the log; each record makes one at least. To be asked for again and again, because it costs the database one row: to count records would keep it busy. */
    private static long entries(Connection database) throws SQLException {
        return number(database, "SELECT size FROM audit_head");
    }

    private static long kept(Connection database) throws SQLException {
        return number(database, "SELECT count(*) FROM pump_record");
    }

    private static int size(Connection database) throws SQLException {
        return Math.toIntExact(number(database, "SELECT max(length(signed)) FROM pump_record"));
    }

    private static long number(Connection database, String query) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
