package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.CheckpointMemory;
import io.venule.bench.Figures;
import io.venule.bench.Figures.Of;
import io.venule.order.AuditTrail;
import io.venule.stack.BackboneResource;
import io.venule.store.BareLog.Place;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * {@code ops/bench audit}: the audit log beside plain inserts of the same bytes into the same PostgreSQL, in the same run and in turn.
 * Named so that no test run takes it along. Writes {@code target/bench/audit.json}. {@code -Dbench.entries=10000000} instead lets the
 * log grow to so many entries and has a process with a small heap check it; that takes minutes and some gigabytes.
 */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class AuditBench {
    private static final List<String> PARTS =
            List.of(System.getProperty("bench.parts", "alone,16,rows,256,latency,signed,check")
                    .split(","));
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 6));
    /** The compiler is at work on the appends for half a minute; the product runs for months. */
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 25));
    /** For writers that were at work before: the log grows meanwhile, and what is appended to is no log of a hospital any more. */
    private static final Duration WARM_AGAIN = WARM_UP.dividedBy(5);
    /** The whole check is measured on a log of at least so many entries. */
    private static final long CHECKED = 500_000;

    private static final long LARGE = Long.getLong("bench.entries", 0);
    private static final int CHUNK = 5_000;
    private static final AuditEntry ENTRY = AuditEntry.bySystem(AuditKind.PUMP_DOUBTED, WardFixture.NOON)
            .with("what", "quarantined")
            .with("why", "x".repeat(500));
    private static final byte[] BYTES = ENTRY.canonical();
    private static final LeafRow ROW = LeafRow.of(ENTRY);
    private static final String INSERT = "INSERT INTO bench_raw (leaf) VALUES (?)";
    private static final String INSERT_ROW =
            "INSERT INTO bench_row (leaf, hash, kind, at, actor, order_id, place, patient,"
                    + " drug, person) VALUES (?, ?, ?, ?, ?, '', '', '', '', '')";

    private final Set<Maker> warm = new HashSet<>();

    @Inject
    AuditTrail trail;

    @Inject
    PostgresAuditLog log;

    @Inject
    AuditAppender appender;

    @Inject
    Transactions transactions;

    @Inject
    CheckpointKey key;

    @Inject
    CheckpointMemory memory;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Inject
    @ConfigProperty(name = "venule.keys.directory")
    Path keys;

    @Inject
    @ConfigProperty(name = "venule.audit.memory")
    Path remembered;

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
        if (LARGE > 0) {
            var figures = new Figures("audit -Dbench.entries=" + LARGE);
            checkLarge(figures);
            figures.write();
            return;
        }
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bench_raw (index bigserial PRIMARY KEY, leaf bytea NOT NULL)");
            statement.execute("CREATE SEQUENCE bench_number");
            statement.execute("CREATE TABLE bench_row (LIKE audit_leaf INCLUDING ALL)");
            statement.execute("ALTER TABLE bench_row ALTER index SET DEFAULT nextval('bench_number')");
        }
        var figures = new Figures("audit");
        Maker alone = () -> this::appendAlone;
        Maker grouped = () -> this::append;
        Maker leaf = () -> raw(1, INSERT, AuditBench::setLeaf);
        if (PARTS.contains("alone")) {
            rates(
                    figures,
                    "append, 16 writers, one transaction each",
                    16,
                    alone,
                    "16 connections, single rows",
                    16,
                    leaf);
        }
        if (PARTS.contains("16")) {
            rates(
                    figures,
                    "append, 16 writers, grouped",
                    16,
                    grouped,
                    "16 connections, single rows; goal 0.95",
                    16,
                    leaf);
        }
        if (PARTS.contains("rows")) {
            rates(
                    figures,
                    "append, 256 writers, grouped, beside whole rows",
                    256,
                    grouped,
                    "batches of 100 rows with the log's columns and indexes, 1 connection",
                    1,
                    () -> raw(100, INSERT_ROW, AuditBench::setRow));
        }
        if (PARTS.contains("256")) {
            rates(
                    figures,
                    "append, 256 writers, grouped",
                    256,
                    grouped,
                    "batches of 100 rows of the leaf alone, without hash, columns or their indexes, 1 connection; goal 0.80",
                    1,
                    () -> raw(100, INSERT, AuditBench::setLeaf));
        }
        if (PARTS.contains("latency")) {
            latencies(figures);
        }
        if (PARTS.contains("signed")) {
            signed(figures);
        }
        if (PARTS.contains("check")) {
            checks(figures);
        }
        figures.write();
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

    private static void setLeaf(PreparedStatement statement) throws SQLException {
        statement.setBytes(1, BYTES);
    }

    private static void setRow(PreparedStatement statement) throws SQLException {
        statement.setBytes(1, BYTES);
        statement.setBytes(2, ROW.hash().bytes());
        statement.setString(3, ENTRY.kind().name());
        statement.setObject(4, ENTRY.at().atOffset(ZoneOffset.UTC));
        statement.setString(5, ENTRY.actor());
    }

    interface Filler {
        void set(PreparedStatement statement) throws SQLException;
    }

    private Work raw(int rows, String sql, Filler filler) throws SQLException {
        var connection = connect();
        connection.setAutoCommit(false);
        var statement = connection.prepareStatement(sql);
        return new Work() {
            @Override
            public int once() throws SQLException {
                for (int i = 0; i < rows; i++) {
                    filler.set(statement);
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

    private void rates(
            Figures figures, String name, int writers, Maker ours, String baseline, int connections, Maker raw)
            throws Exception {
        rate(writers, ours, warm.add(ours) ? WARM_UP : WARM_AGAIN);
        rate(connections, raw, WARM_UP);
        var mine = new double[Figures.ROUNDS];
        var theirs = new double[Figures.ROUNDS];
        for (int round = 0; round < Figures.ROUNDS; round++) {
            theirs[round] = rate(connections, raw, ROUND);
            mine[round] = rate(writers, ours, ROUND);
        }
        figures.add(
                new Of(name, "entries/s", baseline),
                mine,
                theirs,
                log.head().size() + " entries in the log at the end");
    }

    private static double rate(int threads, Maker maker, Duration time) throws Exception {
        var end = System.nanoTime() + time.toNanos();
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
            return rows / (time.toMillis() / 1000.0);
        }
    }

    /** 200 a second; each counts from when it was due, so that one that waits for a slow one before it is slow, too. */
    private void latencies(Figures figures) throws Exception {
        var mine = new double[Figures.ROUNDS];
        var theirs = new double[Figures.ROUNDS];
        try (var raw = raw(1, INSERT, AuditBench::setLeaf)) {
            p99At200(raw);
            p99At200(this::append);
            for (int round = 0; round < Figures.ROUNDS; round++) {
                theirs[round] = p99At200(raw);
                mine[round] = p99At200(this::append);
            }
        }
        figures.add(
                new Of("append, 200 a second, p99", "ms", "single rows, 200 a second, p99"),
                mine,
                theirs,
                "goal 10 ms or 3 times that");
    }

    private static double p99At200(Work work) throws SQLException {
        var took = new long[1_000];
        var start = System.nanoTime();
        for (int i = 0; i < took.length; i++) {
            var due = start + i * TimeUnit.MILLISECONDS.toNanos(5);
            LockSupport.parkNanos(due - System.nanoTime());
            work.once();
            took[i] = System.nanoTime() - due;
        }
        Arrays.sort(took);
        return took[took.length * 99 / 100] / 1e6;
    }

    /** From an append's return to a signed checkpoint that holds it, while 2,000 a second are appended. */
    private void signed(Figures figures) throws Exception {
        var took = new double[Figures.ROUNDS];
        var rate = new double[Figures.ROUNDS];
        try (var heads = connect();
                var checkpoints = connect()) {
            for (int round = 0; round < Figures.ROUNDS; round++) {
                var measured = new CheckpointDelay(this::append).at(2_000, heads, checkpoints);
                took[round] = measured.p99();
                rate[round] = measured.entriesASecond();
            }
        }
        Arrays.sort(rate);
        figures.add(
                new Of("commit to signed checkpoint, p99", "ms", "the goal, 1 s at 2,000 entries a second"),
                took,
                new double[] {1_000},
                String.format(Locale.ROOT, "%.0f a second were appended, at least", rate[0]));
    }

    /** Everything read, hashed and compared, each signature verified, as at the start of the application. */
    private void checks(Figures figures) throws Exception {
        growTo(CHECKED);
        try (var connection = connect()) {
            for (var format : List.of("binary", "text")) {
                figures.compare(
                        new Of(
                                "whole check of " + log.head().size() + " entries, beside a copy as " + format,
                                "entries/s",
                                "COPY of the table TO STDOUT (FORMAT " + format + "), thrown away"),
                        () -> speed(this::checked),
                        () -> speed(() -> WholeCheck.copyOut(connection, format)),
                        "goal 0.5");
            }
        }
    }

    private long checked() {
        var found = new LogCheck(transactions, key, memory).check();
        assertThat(found).isInstanceOf(LogCheck.Found.Sound.class);
        return found instanceof LogCheck.Found.Sound(var edge) ? edge.size() : 0;
    }

    private static double speed(Callable<Long> work) throws Exception {
        var began = System.nanoTime();
        var entries = work.call();
        return entries / ((System.nanoTime() - began) / 1e9);
    }

    /** By the log's own appends, many to a transaction. */
    private void growTo(long size) {
        var chunk = Collections.nCopies(CHUNK, ENTRY);
        while (log.head().size() < size) {
            transactions.inOne(() -> appender.append(chunk));
        }
    }

    private void checkLarge(Figures figures) throws Exception {
        growTo(LARGE);
        var place = new Place(url, "venule", password, keys, remembered);
        try (var connection = connect()) {
            var copied = speed(() -> WholeCheck.copyOut(connection, "binary"));
            var said = WholeCheck.inItsOwnProcess(place);
            var seconds = new double[] {said.seconds()};
            figures.add(
                    new Of(
                            String.format(
                                    Locale.ROOT,
                                    "whole check of %d entries in a heap of %s, in use %.0f then %.0f MiB",
                                    said.entries(),
                                    WholeCheck.HEAP,
                                    said.firstHalf(),
                                    said.secondHalf()),
                            "s",
                            "COPY of the table TO STDOUT (FORMAT binary), thrown away"),
                    seconds,
                    new double[] {said.entries() / copied},
                    "goal 60 s for 10,000,000");
        }
    }
}
