package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often a pump's channels are read: seldom only where nothing can have begun without saying so. Promise P-06. */
class StatusPaceTest {
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(5);
    /** Long after anything was heard. */
    private static final Duration NOW = Duration.ofMinutes(10);

    private final StatusPace pace = new StatusPace(OFTEN, SELDOM, Duration.ZERO);

    @Test
    void an_idle_pump_is_read_seldom() {
        pace.read(NOW, shown(ChannelState.IDLE, ChannelState.IDLE));

        assertThat(pace.isDue(NOW.plus(SELDOM).minusNanos(1))).isFalse();
        assertThat(pace.isDue(NOW.plus(SELDOM))).isTrue();
        assertThat(pace.isDue(NOW.plus(SELDOM).plusNanos(1))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = ChannelState.class, mode = EnumSource.Mode.EXCLUDE, names = "IDLE")
    void one_of_which_a_single_channel_does_anything_is_read_often(ChannelState busy) {
        pace.read(NOW, shown(ChannelState.IDLE, busy));

        assertThat(pace.isDue(NOW.plus(OFTEN).minusNanos(1))).isFalse();
        assertThat(pace.isDue(NOW.plus(OFTEN))).isTrue();
    }

    @Test
    void a_record_has_it_read_at_once_and_often_for_a_while_whatever_it_shows() {
        pace.read(NOW, shown(ChannelState.IDLE));

        pace.heard(NOW.plusMillis(10));

        assertThat(pace.isDue(NOW.plusMillis(10))).isTrue();
        pace.read(NOW.plusMillis(10), shown(ChannelState.IDLE));
        assertThat(pace.isDue(NOW.plusMillis(10).plus(OFTEN))).isTrue();
        var last = NOW.plusMillis(10).plus(SELDOM);
        pace.read(last.minusNanos(1), shown(ChannelState.IDLE));
        assertThat(pace.isDue(last.plus(OFTEN))).isTrue();
        pace.read(last, shown(ChannelState.IDLE));
        assertThat(pace.isDue(last.plus(OFTEN))).isFalse();
    }

    @Test
    void there_is_time_until_the_first_of_what_is_due_and_none_once_it_is() {
        pace.read(NOW, shown(ChannelState.IDLE));
        var due = NOW.plus(SELDOM);

        assertThat(pace.untilDue(NOW, due.plusNanos(1))).isEqualTo(SELDOM);
        assertThat(pace.untilDue(NOW, due.minusNanos(1))).isEqualTo(SELDOM.minusNanos(1));
        assertThat(pace.untilDue(due.minusNanos(1), due)).isEqualTo(Duration.ofNanos(1));
        assertThat(pace.untilDue(due, due)).isZero();
        assertThat(pace.untilDue(due.plusNanos(1), due)).isZero();
    }

    @Test
    void it_is_read_often_in_the_beginning() {
        assertThat(pace.isDue(OFTEN.minusNanos(1))).isFalse();
        assertThat(pace.isDue(OFTEN)).isTrue();
        pace.read(OFTEN, shown(ChannelState.IDLE));
        assertThat(pace.isDue(OFTEN.multipliedBy(2))).isTrue();
    }

    private static List<ChannelStatus> shown(ChannelState... states) {
        var pump = new PumpSerial("RK-00001");
        return Arrays.stream(states)
                .map(state -> new ChannelStatus(
                        new ChannelId(pump, 1),
                        state,
                        "",
                        FlowRate.ofMillilitresPerHour("0"),
                        Volume.ofMillilitres("0"),
                        Volume.ofMillilitres("0"),
                        "",
                        1,
                        Instant.EPOCH))
                .toList();
    }
}
