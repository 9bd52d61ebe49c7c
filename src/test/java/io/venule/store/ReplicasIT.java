package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.audit.Checkpoint;
import io.venule.audit.Frontier;
import io.venule.stack.Backbone;
import io.venule.store.BareLog.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas on one database and one second store: one history, signed by one of them at a time. Threat T-45; DESIGN, "Scale-out". */
class ReplicasIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of two replicas with eight writers each. */
    private static final int APPENDS = 2 * 8 * 25;

    private static final AtomicLong NEXT = new AtomicLong(1);

    @TempDir
    static Path folder;

    private static Backbone backbone;
    private static Place place;

    @BeforeAll
    static void a_database() throws IOException {
        backbone = Backbone.start();
        var database = backbone.database();
        place = new Place(
                database.url(), database.user(), database.password(), backbone.keys(), folder.resolve("memory"));
        place.migrate();
    }

    @AfterAll
    static void end() throws IOException {
        backbone.close();
    }

    private static BareLog replica(String name, Disk disk) throws SQLException {
        var log = new BareLog(name, place, disk, InstantSource.system());
        log.publisher.startFrom(Frontier.EMPTY);
        return log;
    }

    /** A number of the form one or the other was put in under. */
    private static List<Long> fences(BareLog log) {
        return log.transactions.inOne(() -> log.transactions.statements(connection -> {
            try (var statement = connection.prepareStatement("SELECT fence FROM audit_checkpoint ORDER BY size");
                    var found = statement.executeQuery()) {
                var fences = new ArrayList<Long>();
                while (found.next()) {
                    fences.add(found.getLong(1));
                }
                return fences;
            }
        }));
    }

    /** A few leaves go into the database together with the head, many behind it. */
    @ParameterizedTest
    @ValueSource(ints = {1, BinaryCopy.MANY})
    void two_that_append_and_sign_at_once_make_one_history_without_gaps(int entries) throws Exception {
        try (var one = replica("one", new LocalDisk());
                var two = replica("two", new LocalDisk());
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var indexes = ConcurrentHashMap.<Long>newKeySet();
            var published = new AtomicLong();
            var from = one.log.head().size();
            var work = new ArrayList<Callable<Long>>();
            for (var log : List.of(one, two)) {
                IntStream.range(0, 8).forEach(_ -> work.add(() -> appended(log, indexes, entries)));
                work.add(() -> published(log, published, indexes));
            }
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
            one.publisher.publish();
            two.publisher.publish();

            assertThat(indexes).hasSize(APPENDS);
            assertThat(indexes)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, indexes.size())
                            .mapToObj(i -> from + (long) i * entries)
                            .toList());
            assertThat(one.check.check()).isInstanceOf(LogCheck.Found.Sound.class);
            assertThat(one.soundness.fault()).isEmpty();
            assertThat(two.soundness.fault()).isEmpty();
            assertThat(published.get()).isPositive();
            assertThat(fences(one)).isSorted();
            assertThat(one.log.checkpoint().map(Checkpoint::head)).contains(one.log.head());
            one.publisher.release();
            two.publisher.release();
        }
    }

    /** The index of the first entry of each append. */
    private static long appended(BareLog log, Set<Long> indexes, int entries) {
        for (int i = 0; i < 25; i++) {
            var number = NEXT.getAndAdd(entries);
            var index = log.append(number, entries);
            assertThat(log.holds(index, number)).isTrue();
            assertThat(log.holds(index + entries - 1, number + entries - 1)).isTrue();
            indexes.add(index);
        }
        return 25;
    }

    /** As long as others append. */
    private static long published(BareLog log, AtomicLong published, Set<Long> indexes) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (indexes.size() < APPENDS && System.nanoTime() - end < 0) {
            if (log.publisher.publish()) {
                published.incrementAndGet();
            }
        }
        return published.get();
    }

    /** Stands still at one step of the second store, as a process does that is paused there. */
    private static final class PausedDisk implements Disk {
        private final Disk disk = new LocalDisk();
        private final String at;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        PausedDisk(String at) {
            this.at = at;
        }

        private void step(String name) throws IOException {
            if (name.equals(at) && reached.getCount() > 0) {
                reached.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }

        @Override
        public void makeFolder(Path path) throws IOException {
            step("signed");
            disk.makeFolder(path);
        }

        @Override
        public Closeable lock(Path file) throws IOException {
            var held = disk.lock(file);
            return () -> {
                held.close();
                step("remembered");
            };
        }

        @Override
        public String read(Path file) throws IOException {
            step("not yet read");
            try {
                return disk.read(file);
            } finally {
                step("read");
            }
        }

        @Override
        public Draft draft(Path file) throws IOException {
            return disk.draft(file);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            disk.rename(from, to);
        }

        @Override
        public void forceFolder(Path path) throws IOException {
            disk.forceFolder(path);
        }
    }

    /** What was only remembered by then is the second store's last: the next one follows it, and it is not put in after that. */
    @ParameterizedTest
    @ValueSource(strings = {"not yet read", "read", "signed", "remembered"})
    void one_that_stood_still_publishes_nothing_when_it_wakes_up(String where) throws Exception {
        var paused = new PausedDisk(where);
        try (var one = replica("one", paused);
                var two = replica("two", new LocalDisk())) {
            one.append(NEXT.getAndIncrement(), 3);
            var round = CompletableFuture.supplyAsync(one.publisher::publish);
            paused.reached.await();
            two.append(NEXT.getAndIncrement(), 3);

            await().atMost(PATIENCE).until(two.publisher::publish);
            var published = two.log.checkpoint().orElseThrow();
            paused.goOn.countDown();

            assertThat(round.get()).isFalse();
            assertThat(one.log.checkpoint().orElseThrow().note()).isEqualTo(published.note());
            assertThat(published.head()).isEqualTo(one.log.head());
            assertThat(two.memory.last().map(Checkpoint::note)).contains(published.note());
            goesOn(one, two);
        }
    }

    private static void goesOn(BareLog one, BareLog two) {
        assertThat(one.soundness.fault()).isEmpty();
        assertThat(two.soundness.fault()).isEmpty();
        one.append(NEXT.getAndIncrement(), 1);
        await().atMost(PATIENCE).until(two.publisher::publish);
        assertThat(one.publisher.publish()).isFalse();
        assertThat(one.publisher.waiting()).isEmpty();
        assertThat(one.check.check()).isInstanceOf(LogCheck.Found.Sound.class);
        assertThat(fences(one)).isSorted();
        two.publisher.release();
    }

    @Test
    void while_the_one_whose_turn_it_is_signs_nothing_the_other_says_so_and_follows_after_its_turn()
            throws SQLException {
        try (var one = replica("one", new LocalDisk());
                var two = replica("two", new LocalDisk())) {
            one.append(NEXT.getAndIncrement(), 1);
            await().atMost(PATIENCE).until(one.publisher::publish);
            two.append(NEXT.getAndIncrement(), 1);

            assertThat(two.publisher.publish()).isFalse();
            assertThat(two.publisher.publish()).isFalse();

            assertThat(two.publisher.waiting())
                    .hasValueSatisfying(why -> assertThat(why).contains("another replica"));
            await().atMost(PATIENCE).until(two.publisher::publish);
            assertThat(two.publisher.waiting()).isEmpty();
            two.publisher.release();
        }
    }
}
