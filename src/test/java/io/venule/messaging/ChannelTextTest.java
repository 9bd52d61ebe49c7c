package io.venule.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.messaging.ChannelText.News;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.LiveChannels.Heard;
import io.venule.pump.LiveChannels.Missed;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.JsonMembers.Reading;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** News of channels between servers: what is told arrives as it was, and nothing else is read. */
class ChannelTextTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final ChannelStatus STATUS = new ChannelStatus(
            new ChannelId(new PumpSerial("VP-0001"), 2),
            ChannelState.RUNNING,
            "DOPamine",
            FlowRate.ofMillilitresPerHour("13.1"),
            Volume.ofMillilitres("250"),
            Volume.ofMillilitres("12.5"),
            "a".repeat(32),
            77,
            AT);

    @Test
    void a_channel_arrives_as_it_was_told_live_or_lost() {
        var news = new News(
                "gateway-1-00ff",
                List.of(new Heard.Live(STATUS), new Heard.Lost(STATUS, AT.plusSeconds(3), "no answer within 3000 ms")),
                List.of(new Missed(new PumpSerial("VP-0002"), AT, "nobody takes calls at its address")));

        assertThat(ChannelText.read(ChannelText.text(news))).isEqualTo(new Reading.Ok<>(news));
    }

    @Test
    void the_most_channels_of_a_message_fit_into_it() {
        var news = new News(
                "g".repeat(200),
                Collections.nCopies(ChannelText.MOST, new Heard.Lost(STATUS, AT, "why".repeat(60))),
                List.of());
        var missed = new News(
                "g".repeat(200),
                List.of(),
                Collections.nCopies(ChannelText.MOST, new Missed(new PumpSerial("VP-0002"), AT, "why".repeat(60))));

        assertThat(ChannelText.text(news).length()).isLessThan(GatewayText.MAX_LENGTH);
        assertThat(ChannelText.read(ChannelText.text(news))).isInstanceOf(Reading.Ok.class);
        assertThat(ChannelText.text(missed).length()).isLessThan(GatewayText.MAX_LENGTH);
        assertThat(ChannelText.read(ChannelText.text(missed))).isEqualTo(new Reading.Ok<>(missed));
    }

    @Test
    void a_member_that_nobody_told_of_is_refused() {
        var text = ChannelText.text(new News("g", List.of(new Heard.Live(STATUS)), List.of()));

        assertThat(text).as("as servers before read it").doesNotContain("missed");
        assertThat(ChannelText.read(text.replace("\"drug\"", "\"drugs\""))).isInstanceOf(Reading.Refused.class);
        assertThat(ChannelText.read(text.replace("LIVE", "SURE"))).isInstanceOf(Reading.Refused.class);
    }
}
