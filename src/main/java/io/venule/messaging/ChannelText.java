package io.venule.messaging;

import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.LiveChannels.Heard;
import io.venule.pump.LiveChannels.Missed;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.JsonMembers;
import io.venule.signing.JsonMembers.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What a server tells the others of its pumps' channels, as canonical JSON read against a closed schema. */
final class ChannelText {
    private static final String MISSED = "missed";

    /** Channels, or pumps, in one message at most. */
    static final int MOST = 40;

    private ChannelText() {}

    /**
     * Channels as the sending server last heard of them.
     *
     * @param missed pumps of its own of which it heard nothing yet; not in the text where there are none, for servers that do not know of it
     */
    record News(String server, List<Heard> channels, List<Missed> missed) {}

    static String text(News news) {
        var json = Json.object()
                .put("server", news.server())
                .put("channels", news.channels().stream().map(ChannelText::text).toList());
        var missed = news.missed().stream().map(ChannelText::text).toList();
        return CanonicalJson.text((missed.isEmpty() ? json : json.put(MISSED, missed)).build());
    }

    private static Json text(Missed missed) {
        return Json.object()
                .put("pump", missed.pump().value())
                .put("since", missed.since().toEpochMilli())
                .put("why", missed.why())
                .build();
    }

    private static Json text(Heard heard) {
        var status = heard.status();
        var json = Json.object()
                .put("channel", status.channel().toString())
                .put("state", status.state().name())
                .put("drug", status.drug())
                .put("rate", status.rate().microlitresPerHour())
                .put("toInfuse", status.toInfuse().microlitres())
                .put("infused", status.infused().microlitres())
                .put("order", status.orderId())
                .put("stateVersion", status.stateVersion())
                .put("at", status.reportedAt().toEpochMilli());
        return switch (heard) {
            case Heard.Live live -> json.put("kind", "LIVE").build();
            case Heard.Lost(var last, var since, var why) ->
                json.put("kind", "LOST")
                        .put("since", since.toEpochMilli())
                        .put("why", why)
                        .build();
        };
    }

    static Reading<News> read(String text) {
        return JsonMembers.readCanonical(
                text.getBytes(StandardCharsets.UTF_8),
                GatewayText.MAX_LENGTH,
                said -> new News(
                        said.text("server"),
                        said.objects("channels").stream()
                                .map(ChannelText::heard)
                                .toList(),
                        said.has(MISSED)
                                ? said.objects(MISSED).stream()
                                        .map(ChannelText::missed)
                                        .toList()
                                : List.of()));
    }

    private static Missed missed(JsonMembers said) {
        return new Missed(
                said.parsed("pump", "a pump's serial number", PumpSerial::parse),
                Instant.ofEpochMilli(said.whole("since")),
                said.text("why"));
    }

    private static Heard heard(JsonMembers said) {
        var status = new ChannelStatus(
                said.parsed("channel", "a pump channel", ChannelId::parse),
                said.choice("state", ChannelState.class),
                said.text("drug"),
                new FlowRate(said.whole("rate", 0, 9_999_000)),
                new Volume(said.whole("toInfuse")),
                new Volume(said.whole("infused")),
                said.text("order"),
                said.whole("stateVersion"),
                Instant.ofEpochMilli(said.whole("at")));
        return switch (said.text("kind")) {
            case "LIVE" -> new Heard.Live(status);
            case "LOST" -> new Heard.Lost(status, Instant.ofEpochMilli(said.whole("since")), said.text("why"));
            default -> throw said.refusal("kind", "is not LIVE or LOST");
        };
    }
}
