package io.venule.web.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import org.junit.jupiter.api.Test;

/** Which channels the board puts before its reader. */
class ChannelViewTest {
    @Test
    void a_pump_that_was_never_heard_is_away_and_needs_attention() {
        var view = ChannelView.of(
                new EnrolledPump(
                        new PumpSerial("LV-00001"),
                        "A1001",
                        PumpModel.LARGE_VOLUME,
                        1,
                        "opc.tcp://pump:4840",
                        "",
                        "",
                        true,
                        EnrolledPump.NO_WARD),
                1,
                null);

        assertThat(view.isAway()).isTrue();
        assertThat(view.priority()).isEqualTo("!");
        assertThat(view.fits("LOST", "")).isTrue();
        assertThat(view.fits("ATTENTION", "")).isTrue();
        assertThat(view.fits("IDLE", "")).isFalse();
    }
}
