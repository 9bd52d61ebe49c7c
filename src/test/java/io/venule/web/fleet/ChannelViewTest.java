package io.venule.web.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which channels the board puts before its reader. */
class ChannelViewTest {
    private static final EnrolledPump PUMP = new EnrolledPump(
            new PumpSerial("LV-00001"),
            "A1001",
            PumpModel.LARGE_VOLUME,
            1,
            "opc.tcp://pump:4840",
            "",
            "",
            true,
            EnrolledPump.NO_WARD);

    private static ChannelView in(ChannelState state) {
        var status = new ChannelStatus(
                new ChannelId(PUMP.serial(), 1),
                state,
                "",
                new FlowRate(0),
                new Volume(0),
                new Volume(0),
                "",
                1,
                Instant.EPOCH);
        return ChannelView.of(PUMP, 1, new LiveChannels.Heard.Live(status));
    }

    @Test
    void a_pump_with_which_something_is_amiss_needs_attention_after_all_that_is_more_urgent() {
        var idle = in(ChannelState.IDLE).noticed("no drug library");
        var alarmed = in(ChannelState.ALARM).noticed("no drug library");

        assertThat(BoardState.ATTENTION.takes(in(ChannelState.IDLE))).isFalse();
        assertThat(BoardState.ATTENTION.takes(idle)).isTrue();
        assertThat(idle.notice()).isEqualTo("no drug library");
        assertThat(idle.state()).isEqualTo("IDLE");
        assertThat(alarmed.priority()).isEqualTo("!!!");
        assertThat(alarmed.rank()).isLessThan(idle.rank());
    }

    @Test
    void a_pump_that_was_never_heard_is_away_and_needs_attention() {
        var view = ChannelView.of(PUMP, 1, null);

        assertThat(view.isAway()).isTrue();
        assertThat(view.priority()).isEqualTo("!");
        assertThat(BoardState.LOST.takes(view)).isTrue();
        assertThat(BoardState.ATTENTION.takes(view)).isTrue();
        assertThat(BoardState.IDLE.takes(view)).isFalse();
    }
}
