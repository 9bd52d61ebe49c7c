package io.venule.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.order.PumpLink.Readiness;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadyChallengesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ChannelId CHANNEL = new ChannelId(new PumpSerial("VP-0001"), 1);
    private static final ChannelId OTHER = new ChannelId(new PumpSerial("VP-0001"), 2);

    /** No nonce: where none is kept. */
    private static final long NONE = 0;

    private final LiveChannels channels = new LiveChannels();
    private final Pump pump = new Pump();
    private final List<Runnable> waiting = new ArrayList<>();
    private Duration uptime = Duration.ofHours(1);
    private final ReadyChallenges ready =
            new ReadyChallenges(pump::challenge, channels, () -> uptime, ReadyChallenges.Asking.on(Runnable::run));

    @Test
    void what_was_asked_while_the_nurse_read_serves_the_order() {
        ready.prepare(CHANNEL);

        assertThat(taken()).isEqualTo(1);
        assertThat(pump.asked).containsExactly(CHANNEL);
    }

    @Test
    void a_challenge_is_used_once() {
        ready.prepare(CHANNEL);

        assertThat(List.of(taken(), taken())).containsExactly(1L, NONE);
    }

    @Test
    void there_is_none_when_nothing_was_asked_ahead() {
        assertThat(taken()).isEqualTo(NONE);
        assertThat(pump.asked).isEmpty();
    }

    @Test
    void one_millisecond_too_old_is_too_old() {
        ready.prepare(CHANNEL);
        uptime = uptime.plus(ReadyChallenges.KEPT).minusMillis(1);
        var young = taken();
        ready.prepare(CHANNEL);
        uptime = uptime.plus(ReadyChallenges.KEPT);

        assertThat(young).isEqualTo(1);
        assertThat(taken()).isEqualTo(NONE);
    }

    @Test
    void scanning_again_and_again_asks_the_pump_once() {
        for (int i = 0; i < 100; i++) {
            ready.prepare(CHANNEL);
        }
        ready.prepare(OTHER);
        uptime = uptime.plus(ReadyChallenges.KEPT);
        ready.prepare(CHANNEL);

        assertThat(pump.asked).containsExactly(CHANNEL, OTHER, CHANNEL);
    }

    @Test
    void none_is_kept_of_a_channel_that_changed_since() {
        ready.prepare(CHANNEL);
        channels.report(status(pump.stateVersion));
        var same = taken();
        ready.prepare(CHANNEL);
        channels.report(status(pump.stateVersion + 1));

        assertThat(same).isEqualTo(1);
        assertThat(taken()).isEqualTo(NONE);
    }

    @Test
    void what_was_said_before_the_session_broke_is_not_used_after() {
        channels.report(status(1));
        ready.prepare(CHANNEL);
        channels.lose(CHANNEL.pump(), NOON, "gone");
        channels.report(status(1));

        assertThat(taken()).isEqualTo(NONE);
    }

    @Test
    void there_is_none_of_a_pump_that_did_not_answer() {
        pump.reachable = false;
        ready.prepare(CHANNEL);
        pump.reachable = true;

        assertThat(taken()).isEqualTo(NONE);
    }

    @Test
    void there_is_none_where_the_question_failed() {
        pump.broken = true;
        ready.prepare(CHANNEL);
        pump.broken = false;

        assertThat(taken()).isEqualTo(NONE);
    }

    @Test
    void no_order_waits_for_a_question_that_was_never_asked() {
        var idle =
                new ReadyChallenges(pump::challenge, channels, () -> uptime, ReadyChallenges.Asking.on(waiting::add));
        for (int i = 0; i < ReadyChallenges.MOST + 1; i++) {
            idle.prepare(new ChannelId(new PumpSerial("VP-" + i), 1));
        }

        assertThat(waiting).hasSize(ReadyChallenges.MOST);
        assertThat(idle.take(new ChannelId(new PumpSerial("VP-" + ReadyChallenges.MOST), 1)))
                .isEmpty();
    }

    /** The number of the question whose answer was kept. */
    private long taken() {
        return ready.take(CHANNEL)
                .map(kept -> Long.parseLong(kept.challenge().nonce(), 16))
                .orElse(NONE);
    }

    private static ChannelStatus status(long version) {
        return new ChannelStatus(
                CHANNEL, ChannelState.IDLE, "", new FlowRate(0), Volume.ZERO, Volume.ZERO, "", version, NOON);
    }

    /** Answers with the number of the question as its nonce. */
    private static final class Pump {
        private final List<ChannelId> asked = new ArrayList<>();
        private final long stateVersion = 7;
        private boolean reachable = true;
        private boolean broken;

        Readiness challenge(ChannelId channel) {
            asked.add(channel);
            if (broken) {
                throw new IllegalStateException("broken");
            }
            var nonce = "%032x".formatted(asked.size());
            return reachable
                    ? new Readiness.Ready(
                            new Challenge(
                                    channel,
                                    "a".repeat(32),
                                    nonce,
                                    ChannelState.IDLE,
                                    stateVersion,
                                    new FlowRate(0),
                                    "0".repeat(64),
                                    0,
                                    "0".repeat(64),
                                    new Challenge.PumpLibrary(1, "c".repeat(64))),
                            1)
                    : new Readiness.NotReachable("no session");
        }
    }
}
