package io.venule.pump;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.LiveChannels.Heard;
import io.venule.pump.LiveChannels.Missed;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was last heard of channels: a lost one keeps its last report, since when it is lost, and the latest reason. */
class LiveChannelsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final PumpSerial PUMP = new PumpSerial("LV-00001");
    private static final ChannelId FIRST = new ChannelId(PUMP, 1);
    private static final ChannelId SECOND = new ChannelId(PUMP, 2);
    private static final ChannelId OTHER = new ChannelId(new PumpSerial("LV-00002"), 1);

    private final LiveChannels live = new LiveChannels();

    @Test
    void a_lost_channel_keeps_since_when_it_is_lost_and_tells_the_latest_reason() {
        var report = idle(FIRST);
        var other = idle(OTHER);
        live.report(report);
        live.report(other);

        live.lose(PUMP, NOON.plusSeconds(5), "the line broke");
        live.lose(PUMP, NOON.plusSeconds(20), "it presents another certificate");

        assertThat(live.of(FIRST))
                .contains(new Heard.Lost(report, NOON.plusSeconds(5), "it presents another certificate"));
        assertThat(live.of(OTHER)).contains(new Heard.Live(other));
        live.report(report);
        assertThat(live.of(FIRST)).contains(new Heard.Live(report));
    }

    @Test
    void of_a_pump_that_was_never_heard_nothing_is_made_up_but_why() {
        var told = new ArrayList<ChannelId>();
        var _ = live.follow(told::add);

        live.lose(PUMP, NOON, "nobody takes calls at its address");

        assertThat(live.of(FIRST)).isEmpty();
        assertThat(live.all()).isEqualTo(List.of());
        assertThat(told).isEmpty();
        live.lose(PUMP, NOON.plusSeconds(20), "it presents another certificate");
        assertThat(live.missed(PUMP)).contains(new Missed(PUMP, NOON, "it presents another certificate"));
        assertThat(live.missed(OTHER.pump())).isEmpty();
        live.miss(new Missed(PUMP, NOON.minusSeconds(9), "another server says so"));
        assertThat(live.allMissed()).containsExactly(new Missed(PUMP, NOON.minusSeconds(9), "another server says so"));
    }

    @Test
    void what_was_heard_once_is_lost_and_not_missed() {
        live.lose(PUMP, NOON, "nobody takes calls at its address");
        live.report(idle(SECOND));
        assertThat(live.missed(PUMP)).isEmpty();

        live.miss(new Missed(PUMP, NOON, "another server says so"));
        live.lose(PUMP, NOON.plusSeconds(5), "the line broke");

        assertThat(live.missed(PUMP)).isEmpty();
        assertThat(live.of(SECOND)).contains(new Heard.Lost(idle(SECOND), NOON.plusSeconds(5), "the line broke"));
    }

    private static ChannelStatus idle(ChannelId channel) {
        return new ChannelStatus(
                channel, ChannelState.IDLE, "", new FlowRate(0), Volume.ZERO, Volume.ZERO, "", 1, NOON);
    }
}
