package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.order.AuditTrail;
import io.venule.stack.BackboneResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * {@code ops/bench audit}: the audit log beside plain inserts of the same bytes into the same PostgreSQL, in the same run and in turn.
 * Named so that no test run takes it along. Writes {@code target/bench/audit.json}.
 */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class AuditBench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final AuditEntry ENTRY = AuditEntry.bySystem(AuditKind.PUMP_DOUBTED, WardFixture.NOON)
            .with("what", "quarantined")
            .with("why", "x".repeat(500));
    private static final byte[] BYTES = ENTRY.canonical();
    private static final String INSERT = "INSERT INTO bench_raw (leaf) VALUES (?)";

    @Inject
    AuditTrail trail;

    @Inject
    PostgresAuditLog log;

    @Inject
    AuditAppender appender;

    @Inject
    Transactions transactions;

    @Inject
    LogCheck check;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private final List<String> results = new ArrayList<>();

    /** What is done again and again by one of several at once. */
    interface Work extends AutoCloseable {
        /** How many rows it made durable. */
        int once() throws SQLException;

        @Override
        default void close() throws SQLException {}
    }

    interface Maker {
        Work make() throws SQLException;
    }

    @Test
    void measures() throws Exception {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bench_raw (index bigserial PRIMARY KEY, leaf bytea NOT NULL)");
        }
        Maker alone = () -> this::appendAlone;
        Maker grouped = () -> this::append;
        rates("append, 16 writers, one transaction each", 16, alone, "16 connections, single rows", 16, () -> raw(1));
        rates("append, 16 writers, grouped", 16, grouped, "16 connections, single rows", 16, () -> raw(1));
        rates("append, 256 writers, grouped", 256, grouped, "batches of 100 rows, 1 connection", 1, () -> raw(100));
        latencies();
        signed();
        checks();
        Files.createDirectories(Path.of("target/bench"));
        Files.writeString(Path.of("target/bench/audit.json"), "[\n" + String.join(",\n", results) + "\n]\n");
    }

    private int append() {
        trail.append(ENTRY);
        return 1;
    }

    private int appendAlone() {
        transactions.inOne(() -> appender.append(List.of(ENTRY)));
        return 1;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url + "?reWriteBatchedInserts=true", "venule", password);
    }

    private Work raw(int rows) throws SQLException {
        var connection = connect();
        connection.setAutoCommit(false);
        var statement = connection.prepareStatement(INSERT);
        return new Work() {
            @Override
            public int once() throws SQLException {
                for (int i = 0; i < rows; i++) {
                    statement.setBytes(1, BYTES);
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
                return rows;
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    private void rates(String name, int writers, Maker ours, String baseline, int connections, Maker raw)
            throws Exception {
        rate(writers, ours);
        rate(connections, raw);
        var mine = new double[ROUNDS];
        var theirs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            theirs[round] = rate(connections, raw);
            mine[round] = rate(writers, ours);
        }
        result(name, mine, "entries/s", baseline, theirs);
    }

    private static double rate(int threads, Maker maker) throws Exception {
        var end = System.nanoTime() + ROUND.toNanos();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var loops = IntStream.range(0, threads)
                    .<Callable<Long>>mapToObj(_ -> () -> {
                        long rows = 0;
                        try (var work = maker.make()) {
                            while (System.nanoTime() - end < 0) {
                                rows += work.once();
                            }
                        }
                        return rows;
                    })
                    .toList();
            long rows = 0;
            for (var loop : pool.invokeAll(loops)) {
                rows += loop.get();
            }
            return rows / (ROUND.toMillis() / 1000.0);
        }
    }

    /** 200 a second, each answered before it counts. */
    private void latencies() throws Exception {
        var mine = new double[ROUNDS];
        var theirs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            try (var raw = raw(1)) {
                theirs[round] = p99At200(raw);
            }
            mine[round] = p99At200(this::append);
        }
        result("append, 200 a second, p99", mine, "ms", "single rows, 200 a second, p99", theirs);
    }

    private static double p99At200(Work work) throws SQLException {
        var took = new long[400];
        var start = System.nanoTime();
        for (int i = 0; i < took.length; i++) {
            var due = start + i * TimeUnit.MILLISECONDS.toNanos(5);
            LockSupport.parkNanos(due - System.nanoTime());
            var began = System.nanoTime();
            work.once();
            took[i] = System.nanoTime() - began;
        }
        Arrays.sort(took);
        return took[took.length * 99 / 100] / 1e6;
    }

    /** From an append's return to a signed checkpoint that holds it, while 16 others append. */
    private void signed() throws Exception {
        var took = new double[ROUNDS * 4];
        for (int i = 0; i < took.length; i++) {
            append();
            var size = log.head().size();
            var began = System.nanoTime();
            await().pollInterval(Duration.ofMillis(5))
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> log.checkpoint().orElseThrow().head().size() >= size);
            took[i] = (System.nanoTime() - began) / 1e6;
        }
        result("commit to signed checkpoint", took, "ms", "the pause between two publications", new double[] {250});
    }

    private void checks() throws Exception {
        var mine = new double[ROUNDS];
        var theirs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            var size = log.head().size();
            var began = System.nanoTime();
            assertThat(readPlainly(size)).isEqualTo(size);
            theirs[round] = size / ((System.nanoTime() - began) / 1e9);
            began = System.nanoTime();
            assertThat(check.check()).isInstanceOf(LogCheck.Found.Sound.class);
            mine[round] = size / ((System.nanoTime() - began) / 1e9);
        }
        result("whole check", mine, "entries/s", "SELECT of the same rows, thrown away", theirs);
    }

    /** The bare cost of getting the rows here. */
    private long readPlainly(long size) throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement("SELECT index, leaf, hash, kind, actor, order_id, place"
                        + " FROM audit_leaf WHERE index < " + size + " ORDER BY index")) {
            connection.setAutoCommit(false);
            statement.setFetchSize(2000);
            try (var rows = statement.executeQuery()) {
                long read = 0;
                while (rows.next()) {
                    read += rows.getBytes(2).length > 0 ? 1 : 0;
                }
                return read;
            }
        }
    }

    private void result(String name, double[] mine, String unit, String baseline, double[] theirs) throws IOException {
        Arrays.sort(mine);
        Arrays.sort(theirs);
        var median = mine[mine.length / 2];
        var other = theirs[theirs.length / 2];
        var line = String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"value\": %.1f, \"unit\": \"%s\", \"baseline\": %.1f, \"ratio\": %.3f,"
                        + " \"rounds\": %d, \"note\": \"from %.1f to %.1f; baseline: %s, from %.1f to %.1f\"}",
                name,
                median,
                unit,
                other,
                median / other,
                mine.length,
                mine[0],
                mine[mine.length - 1],
                baseline,
                theirs[0],
                theirs[theirs.length - 1]);
        System.out.println("bench " + line);
        results.add(line);
    }
}
