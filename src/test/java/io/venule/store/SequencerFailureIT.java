package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.Frontier;
import io.venule.stack.Backbone;
import io.venule.store.BareLog.Place;
import io.venule.store.Steps.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every statement, commit, open, write, force and rename on the way from an append to a published checkpoint goes wrong in turn: refused, or
 * done without anybody hearing of it. Threats T-46, T-47.
 */
class SequencerFailureIT {
    @TempDir
    static Path folder;

    private static Backbone backbone;
    private static Place place;
    private static long next = 1;

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

    private static final int MANY = 256;
    private static final int FEW = 8;

    private static BareLog open() throws SQLException {
        var log = new BareLog(place, new SteppedDisk(new LocalDisk(), SteppedSource.steps()), InstantSource.system());
        log.publisher.startFrom(Frontier.EMPTY);
        return log;
    }

    /** What was answered while one step went wrong. */
    private record Answers(OptionalLong index, long number, boolean published) {}

    /** One append, of which {@value #MANY} complete a subtree, and one publication. */
    private static Answers appendAndPublish(BareLog log, int entries) {
        var number = next;
        next += entries;
        var index = OptionalLong.empty();
        try {
            index = OptionalLong.of(log.append(number, entries));
        } catch (RuntimeException e) {
            assertThat(BareLog.worldFailed(e)).as("%s", e).isTrue();
        }
        try {
            return new Answers(index, number, log.publisher.publish());
        } catch (RuntimeException e) {
            assertThat(BareLog.worldFailed(e)).as("%s", e).isTrue();
            return new Answers(index, number, false);
        }
    }

    @Test
    void the_steps_are_those_that_the_design_names() throws SQLException {
        try (var log = open()) {
            SteppedSource.steps().arm(Integer.MAX_VALUE, Fault.REFUSED);
            var answers = appendAndPublish(log, MANY);
            var steps = SteppedSource.steps().disarm();

            assertThat(answers.index()).isPresent();
            assertThat(answers.published()).isTrue();
            assertThat(steps).anyMatch(step -> step.startsWith("SELECT size, frontier, root FROM audit_head FOR"));
            assertThat(steps).anyMatch(step -> step.startsWith("UPDATE audit_head"));
            assertThat(steps).anyMatch(step -> step.startsWith("COPY audit_leaf"));
            assertThat(steps).anyMatch(step -> step.startsWith("INSERT INTO audit_node"));
            assertThat(steps).anyMatch(step -> step.startsWith("INSERT INTO audit_checkpoint"));
            assertThat(steps)
                    .containsSubsequence(
                            "disk: make folder",
                            "disk: lock",
                            "disk: read",
                            "disk: open",
                            "disk: write",
                            "disk: force",
                            "disk: rename",
                            "disk: force folder",
                            "commit");
        }
    }

    @Test
    void who_appended_last_moves_the_head_and_puts_the_leaves_in_by_one_statement() throws SQLException {
        try (var log = open()) {
            log.append(next++, 1);
            SteppedSource.steps().arm(Integer.MAX_VALUE, Fault.REFUSED);
            log.append(next++, 1);
            var steps = SteppedSource.steps().disarm();

            assertThat(steps).hasSize(2);
            assertThat(steps.getFirst()).startsWith("WITH moved AS (UPDATE audit_head SET");
            assertThat(steps.getLast()).isEqualTo("commit");
        }
    }

    /** A log that knows its edge from its last append, or a new one each time, that must read it first. */
    @ParameterizedTest
    @CsvSource({
        "REFUSED, false, " + MANY,
        "REFUSED, true, " + MANY,
        "ANSWER_LOST, false, " + MANY,
        "ANSWER_LOST, true, " + MANY,
        "REFUSED, false, " + FEW,
        "ANSWER_LOST, true, " + FEW
    })
    void whichever_step_goes_wrong_nothing_acknowledged_is_missing_and_the_log_goes_on(
            Fault fault, boolean isNew, int entries) throws SQLException {
        var failed = new ArrayList<String>();
        var log = open();
        try {
            log.append(next++, 1);
            int step = 0;
            int taken;
            do {
                if (isNew) {
                    log.close();
                    log = open();
                }
                step++;
                SteppedSource.steps().arm(step, fault);
                var answers = appendAndPublish(log, entries);
                var steps = SteppedSource.steps().disarm();
                taken = steps.size();
                if (step <= taken) {
                    failed.add(steps.get(step - 1));
                }
                afterwards(log, answers, entries, failed);
            } while (step <= taken);
        } finally {
            log.close();
        }
        assertThat(failed).hasSizeGreaterThan(20);
        assertThat(failed).anyMatch(step -> step.startsWith(entries == MANY ? "COPY audit_leaf" : "WITH moved"));
        System.out.println(fault + ": " + failed.size() + " steps failed in turn: " + failed);
    }

    private static void afterwards(BareLog log, Answers answers, int entries, List<String> failed) throws SQLException {
        var why = failed.isEmpty() ? "nothing failed" : failed.getLast();
        if (answers.index().isPresent()) {
            var index = answers.index().getAsLong();
            assertThat(log.holds(index, answers.number())).as(why).isTrue();
            assertThat(log.holds(index + entries - 1, answers.number() + entries - 1))
                    .as(why)
                    .isTrue();
        }
        assertThat(log.soundness.fault()).as(why).isEmpty();
        try (var other = open()) {
            assertThat(other.check.check()).as(why).isInstanceOf(LogCheck.Found.Sound.class);
        }
        if (answers.published()) {
            assertThat(log.log.checkpoint().orElseThrow().head().size())
                    .as(why)
                    .isEqualTo(log.log.head().size());
        }

        // The same process goes on where it was.
        var number = next++;
        var index = log.append(number, 1);
        assertThat(log.publisher.publish()).as(why).isTrue();
        assertThat(log.holds(index, number)).as(why).isTrue();
        assertThat(log.log.checkpoint().orElseThrow().head()).as(why).isEqualTo(log.log.head());
        assertThat(log.memory.last().map(checkpoint -> checkpoint.note()))
                .as(why)
                .isEqualTo(log.log.checkpoint().map(checkpoint -> checkpoint.note()));
    }
}
