package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.venule.opcua.Handshakes.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may shake hands when. */
class HandshakesTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<Thread> waiting = new ArrayList<>();
    private final List<Turn> given = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        waiting.forEach(Thread::interrupt);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "4, 1", "7, 1", "8, 2", "16, 4"})
    void those_that_failed_before_get_a_quarter_of_the_turns_and_one_at_least(int most, int theirs) {
        var handshakes = new Handshakes(most);

        ask(handshakes, true, most + 1);

        await().atMost(SOON).until(() -> areAtRest(most + 1 - theirs));
        assertThat(given).hasSize(theirs);
        ask(handshakes, false, most + 1);
        await().atMost(SOON).until(() -> given.size() == most);
        await().atMost(SOON).until(() -> areAtRest(most + 2));
        assertThat(given).as("no more in all").hasSize(most);
    }

    @Test
    void a_turn_that_ends_is_the_next_one_s() {
        var handshakes = new Handshakes(4);
        ask(handshakes, true, 3);
        await().atMost(SOON).until(() -> areAtRest(2));

        given.getFirst().close();

        await().atMost(SOON).until(() -> given.size() == 2);
        given.getLast().close();
        await().atMost(SOON).until(() -> given.size() == 3);
    }

    @Test
    void who_gives_up_waiting_takes_nothing_with_him() throws Exception {
        var handshakes = new Handshakes(4);
        ask(handshakes, false, 4);
        await().atMost(SOON).until(() -> given.size() == 4);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> handshakes.turn(true)).isInstanceOf(InterruptedException.class);
        given.forEach(Turn::close);

        try (var one = handshakes.turn(true)) {
            assertThat(one).isNotNull();
        }
    }

    private void ask(Handshakes handshakes, boolean isDoubted, int times) {
        for (int i = 0; i < times; i++) {
            waiting.add(Thread.ofVirtual().start(() -> {
                try {
                    given.add(handshakes.turn(isDoubted));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
    }

    /** Whether so many wait and nobody else is about to. */
    private boolean areAtRest(int many) {
        var alive = waiting.stream().filter(Thread::isAlive).toList();
        return alive.size() == many && alive.stream().allMatch(one -> one.getState() == Thread.State.WAITING);
    }
}
