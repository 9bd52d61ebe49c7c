package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much of the log is read in a step, so that a round is over in its time whatever the steps themselves take. */
class LogRoundsTest {
    private static final Duration ROUND = Duration.ofSeconds(45);
    private static final long SIZE = 4_500_000;

    /** A tenth of a second's part is 10,000 entries; the next step comes 200 ms from now. */
    @Test
    void a_step_reads_what_is_due_until_the_next() {
        assertThat(due(0, Duration.ZERO)).isEqualTo(20_000);
        assertThat(due(20_000, Duration.ofMillis(200))).isEqualTo(20_000);
        assertThat(due(2_000_000, Duration.ofSeconds(20))).isEqualTo(20_000);
    }

    @Test
    void steps_that_took_long_are_made_up_for() {
        assertThat(due(20_000, Duration.ofMillis(500))).isEqualTo(50_000);
    }

    @Test
    void but_not_by_more_than_one_step_may_read() {
        assertThat(due(0, Duration.ofSeconds(10))).isEqualTo(LogRounds.MOST);
        assertThat(LogRounds.due(Long.MAX_VALUE / 1_000_000, 0, Duration.ofSeconds(10), ROUND))
                .isEqualTo(LogRounds.MOST);
    }

    @Test
    void a_small_log_is_read_in_a_few_steps() {
        assertThat(LogRounds.due(1, 0, Duration.ZERO, ROUND)).isEqualTo(LogRounds.LEAST);
        assertThat(LogRounds.due(0, 0, Duration.ZERO, ROUND)).isEqualTo(LogRounds.LEAST);
    }

    @Test
    void who_is_ahead_goes_on_slowly() {
        assertThat(due(3_000_000, Duration.ofSeconds(1))).isEqualTo(LogRounds.LEAST);
    }

    /** With steps of half a second each, two and a half times as long as the pauses, a round still ends in its time. */
    @Test
    void a_round_of_slow_steps_ends_in_time() {
        var elapsed = Duration.ZERO;
        for (long done = 0; done < SIZE; ) {
            done += due(done, elapsed);
            elapsed = elapsed.plusMillis(500).plus(LogRounds.PACE);
        }
        assertThat(elapsed).isBetween(ROUND.minusSeconds(2), ROUND.plusSeconds(2));
    }

    private static int due(long done, Duration elapsed) {
        return LogRounds.due(SIZE, done, elapsed, ROUND);
    }
}
