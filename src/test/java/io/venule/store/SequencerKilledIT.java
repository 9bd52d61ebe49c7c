package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.stack.Backbone;
import io.venule.store.BareLog.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends, signs and publishes is no more, at each of its steps in turn and at moments that nobody chose, on a real PostgreSQL; another takes over. T-47, T-62, P-04. */
class SequencerKilledIT {
    private static final int KILLED = 137;
    private static final int MOST_STEPS = 200;

    private static final int KILLS = Integer.getInteger("venule.kills", 2);
    /** Some ten rounds of the process. */
    private static final int MOST_MILLIS = 300;

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

    /** What a process said before it ended. */
    private record Ended(int code, List<String> said) {
        List<String[]> words(String first) {
            return said.stream()
                    .map(line -> line.split(" "))
                    .filter(words -> words[0].equals(first))
                    .toList();
        }
    }

    private static ProcessBuilder process(long firstNumber, int dieAt) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SequencerProcess.class.getName(),
                        place.url(),
                        place.user(),
                        place.password(),
                        place.keys().toString(),
                        place.memory().toString(),
                        String.valueOf(firstNumber),
                        String.valueOf(dieAt))
                .redirectError(folder.resolve("errors").toFile());
    }

    private static Ended run(long firstNumber, int dieAt) throws IOException, InterruptedException {
        var process = process(firstNumber, dieAt).start();
        try (var output = process.getInputStream()) {
            var said = new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), said);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Killed by the operating system so long after the first word of an append. */
    private static Ended killed(long firstNumber, long millis) throws IOException, InterruptedException {
        var said = folder.resolve("said");
        Files.writeString(said, "");
        var process = process(firstNumber, 0).redirectOutput(said.toFile()).start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.size(said) > 0 || !process.isAlive());
            assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS))
                    .as("ended by itself: %s, %s", Files.readString(said), Files.readString(folder.resolve("errors")))
                    .isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
        var whole = Files.readString(said);
        // What follows the last end of a line is half a word.
        var lines = whole.substring(0, whole.lastIndexOf('\n') + 1).lines().toList();
        return new Ended(process.exitValue(), lines);
    }

    @Test
    void killed_at_any_step_it_leaves_a_log_that_holds_with_everything_acknowledged_and_the_next_one_goes_on()
            throws Exception {
        var acknowledged = new ArrayList<String[]>();
        int killed = 0;
        long number = 1;
        try (var log = new BareLog(place, new LocalDisk(), InstantSource.system())) {
            for (int step = 1; step <= MOST_STEPS; step++) {
                var ended = run(number, step);
                number += 1000;
                acknowledged.addAll(ended.words("acknowledged"));

                assertThat(ended.code())
                        .as("step %d: %s, %s", step, ended.said(), Files.readString(folder.resolve("errors")))
                        .isIn(0, KILLED);
                assertThat(ended.words("fault")).isEmpty();
                holds(log, step, ended);
                if (ended.code() == 0) {
                    break;
                }
                killed++;
            }
            kept(log, acknowledged);
        }
        // At least: two appends of four steps, a checkpoint of nine, and its commits.
        assertThat(killed).isBetween(20, MOST_STEPS - 1);
        System.out.println("killed at " + killed + " steps in turn, " + acknowledged.size() + " acknowledgements kept");
    }

    /** kill -9 at moments that nobody chose; {@code -Dvenule.kills=400} for as many as there is time for. T-62, P-04. */
    @Test
    void killed_at_any_moment_it_leaves_a_log_that_holds_with_everything_acknowledged() throws Exception {
        var seed = Long.getLong("venule.kills.seed", System.nanoTime());
        var random = new Random(seed);
        long number = 1_000_000_000;
        long acknowledged = 0;
        try (var log = new BareLog(place, new LocalDisk(), InstantSource.system())) {
            for (int kill = 1; kill <= KILLS; kill++) {
                var ended = killed(number, 1 + random.nextInt(MOST_MILLIS));
                number += 1_000_000;

                assertThat(ended.code()).as("kill %d, seed %d", kill, seed).isEqualTo(KILLED);
                assertThat(ended.words("fault")).isEmpty();
                holds(log, kill, ended);
                acknowledged += kept(log, ended.words("acknowledged"));
            }
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(KILLS);
        System.out.println(
                "killed at " + KILLS + " moments, seed " + seed + ", " + acknowledged + " acknowledgements kept");
    }

    /** How many they are. */
    private static long kept(BareLog log, List<String[]> acknowledged) {
        for (var words : acknowledged) {
            assertThat(log.holds(Long.parseLong(words[1]), Long.parseLong(words[2])))
                    .as(String.join(" ", words))
                    .isTrue();
        }
        return acknowledged.size();
    }

    private static void holds(BareLog log, int step, Ended ended) throws SQLException {
        try (var fresh = new BareLog(place, new LocalDisk(), InstantSource.system())) {
            assertThat(fresh.check.check()).as("after %d", step).isInstanceOf(LogCheck.Found.Sound.class);
        }
        for (var words : ended.words("published")) {
            assertThat(log.log.checkpoint().orElseThrow().head().size())
                    .as("after %d", step)
                    .isGreaterThanOrEqualTo(Long.parseLong(words[1]));
        }
    }
}
