package io.venule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The order flow, and changing, giving boluses, taking back and stopping, under loss, delay, doubling, crashes, freezes and clocks that jump. Invariants 1 to 5; T-31, T-33, T-34, T-35, T-37, T-51, T-62, T-70. */
@Execution(ExecutionMode.CONCURRENT)
class SimulationTest {
    @Test
    void a_thousand_seeds_run_clean_as_they_are_run_by_hand() {
        var out = new ByteArrayOutputStream();

        var status = simulate(out, "--seeds", "1000", "--first-seed", "1001");

        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("1000 seeds, 0 failures\n");
        assertThat(status).isZero();
    }

    @Test
    void the_same_seed_is_the_same_run_to_the_last_line() {
        var hashes = Simulation.onVirtualThread(() -> {
            var twice = List.of(new ArrayList<String>(), new ArrayList<String>());
            twice.forEach(run -> {
                for (long seed = 1; seed <= 60; seed++) {
                    run.add(Simulation.run(seed, Parts.SOUND).traceHash());
                }
            });
            return twice;
        });

        assertThat(hashes.getFirst()).isEqualTo(hashes.getLast()).doesNotHaveDuplicates();
    }

    @Test
    void another_thousand_run_clean_and_come_to_everything_that_can_happen() {
        var failed = new ArrayList<String>();
        var met = Simulation.onVirtualThread(() -> {
            var all = new TreeSet<String>();
            for (long seed = 1; seed <= 1_000; seed++) {
                switch (Simulation.run(seed, Parts.SOUND)) {
                    case Simulation.Ended.Clean clean -> all.addAll(clean.met());
                    case Simulation.Ended.Failed broken -> failed.add("seed " + seed + ": " + broken);
                }
            }
            return all;
        });

        assertThat(failed).isEmpty();
        assertThat(met)
                .contains("ACCEPTED", "AUDIENCE", "EXPIRED", "NOT_YET", "SEQUENCE", "NONCE", "EXPECTATION")
                .contains("state Approved", "state Unconfirmed", "state Waiting", "state Running", "state Complete")
                .contains("state Stopped", "state Dropped", "state Rejected", "state Expired")
                .contains("outcome Accepted", "outcome Rejected", "outcome Unconfirmed", "outcome SameSubmission")
                .contains("outcome Conflict", "outcome PumpNotReady", "outcome Refused")
                .contains("change Accepted", "change Conflict", "change PumpNotReady", "change Refused")
                .contains("change Rejected", "change SameSubmission", "change Unconfirmed")
                .contains("bolus Accepted", "bolus Conflict", "bolus PumpNotReady", "bolus Refused", "bolus Rejected")
                .contains("bolus Unconfirmed", "bolus SameSubmission", "a bolus given", "a bolus broken off")
                .contains("ended Done", "ended Shown", "ended NotThere", "ended NotReached", "ended Unconfirmed")
                .contains("a crash before notes STOP_ASKED", "a crash after notes STOP_ASKED")
                .contains("a power cut", "a freeze")
                .contains("a crash before keeps order", "a crash after keeps order", "a crash before sending")
                .contains("a crash before a pump call", "a crash after the reply")
                .contains("a crash before moves order", "a crash after moves order")
                .contains("a yes before the challenge asked for ahead", "a yes with a challenge asked for ahead");
    }

    @Test
    void a_seed_that_is_no_number_is_answered_with_how_it_is_used() {
        assertThat(simulate(new ByteArrayOutputStream(), "--seeds", "many")).isEqualTo(2);
        assertThat(simulate(new ByteArrayOutputStream(), "--seeds")).isEqualTo(2);
        assertThat(simulate(new ByteArrayOutputStream(), "--seeds", "0")).isEqualTo(2);
    }

    private static int simulate(ByteArrayOutputStream out, String... arguments) {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Simulate.run(arguments, stream, stream);
    }
}
