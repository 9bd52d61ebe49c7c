package io.venule.messaging;

import io.venule.order.OrderId;
import io.venule.order.PumpLink.Delivery;
import io.venule.order.PumpLink.ReadBack;
import io.venule.order.PumpLink.Readiness;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.Receipt;
import io.venule.quantity.FlowRate;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Json.ObjectBuilder;
import io.venule.signing.JsonMembers;
import io.venule.signing.JsonMembers.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What travels between the desk and a gateway, as canonical JSON read against closed schemas. An order travels as its signed text alone. */
final class GatewayText {
    /** Characters of a message at most: a signed text and room around it. */
    static final int MAX_LENGTH = 32 << 10;

    private GatewayText() {}

    /** Which channel, and for a read-back which order; the order is empty for a challenge. */
    record Question(ChannelId channel, Optional<OrderId> order) {}

    static String question(ChannelId channel) {
        return text(Json.object().put("channel", channel.toString()));
    }

    static String question(ChannelId channel, OrderId order) {
        return text(Json.object().put("channel", channel.toString()).put("order", order.value()));
    }

    static Reading<Question> question(String text) {
        return read(
                text,
                members -> new Question(
                        channel(members), members.optionalParsed("order", "an order id", GatewayText::orderId)));
    }

    static String readiness(Readiness readiness) {
        return switch (readiness) {
            case Readiness.NotReachable(var reason) ->
                text(kind("NOT_REACHABLE").put("reason", reason));
            case Readiness.Ready(var challenge, var lease) ->
                text(kind("READY")
                        .put("lease", lease)
                        .put("channel", challenge.channel().toString())
                        .put("epoch", challenge.epoch())
                        .put("nonce", challenge.nonce())
                        .put("state", challenge.state().name())
                        .put("stateVersion", challenge.stateVersion())
                        .put("rate", challenge.rate().microlitresPerHour())
                        .put("running", challenge.running())
                        .put("lastSequence", challenge.lastSequence())
                        .put("lastOrder", challenge.lastOrder())
                        .put("libraryCounter", challenge.library().counter())
                        .put("librarySha256", challenge.library().sha256()));
        };
    }

    static Reading<Readiness> readiness(String text) {
        return read(text, members -> switch (members.text("kind")) {
            case "NOT_REACHABLE" -> new Readiness.NotReachable(members.text("reason"));
            case "READY" -> new Readiness.Ready(challenge(members), members.whole("lease"));
            default -> throw members.refusal("kind", "is no readiness");
        });
    }

    static String delivery(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Unconfirmed(var reason) -> text(kind("UNCONFIRMED").put("reason", reason));
            case Delivery.Answered(var receipt) -> text(with(kind("ANSWERED"), receipt));
        };
    }

    static Reading<Delivery> delivery(String text) {
        return read(text, members -> switch (members.text("kind")) {
            case "UNCONFIRMED" -> new Delivery.Unconfirmed(members.text("reason"));
            case "ANSWERED" -> new Delivery.Answered(receipt(members));
            default -> throw members.refusal("kind", "is no delivery");
        });
    }

    static String readBack(ReadBack readBack) {
        return switch (readBack) {
            case ReadBack.NeverSeen() -> text(kind("NEVER_SEEN"));
            case ReadBack.NotReachable(var reason) -> text(kind("NOT_REACHABLE").put("reason", reason));
            case ReadBack.Known(var receipt) -> text(with(kind("KNOWN"), receipt));
        };
    }

    static Reading<ReadBack> readBack(String text) {
        return read(text, members -> switch (members.text("kind")) {
            case "NEVER_SEEN" -> new ReadBack.NeverSeen();
            case "NOT_REACHABLE" -> new ReadBack.NotReachable(members.text("reason"));
            case "KNOWN" -> new ReadBack.Known(receipt(members));
            default -> throw members.refusal("kind", "is no read-back");
        });
    }

    private static ObjectBuilder kind(String kind) {
        return Json.object().put("kind", kind);
    }

    private static ObjectBuilder with(ObjectBuilder json, Receipt receipt) {
        var code = switch (receipt.answer()) {
            case Receipt.Answer.Accepted() -> "";
            case Receipt.Answer.Rejected(var rejection) -> rejection.name();
        };
        return json.put("channel", receipt.channel().toString())
                .put("order", receipt.order())
                .put("orderHash", receipt.orderHash())
                .put("code", code)
                .put("after", receipt.after().name())
                .put("stateVersion", receipt.stateVersion())
                .put("signed", receipt.signed());
    }

    private static Challenge challenge(JsonMembers members) {
        return new Challenge(
                channel(members),
                members.id("epoch"),
                members.id("nonce"),
                members.choice("state", ChannelState.class),
                members.whole("stateVersion"),
                new FlowRate(members.whole("rate", 0, 9_999_000)),
                members.digest("running").hex(),
                members.whole("lastSequence"),
                members.digest("lastOrder").hex(),
                new Challenge.PumpLibrary(members.whole("libraryCounter"), members.text("librarySha256")));
    }

    private static Receipt receipt(JsonMembers members) {
        var code = members.text("code");
        return new Receipt(
                channel(members),
                members.text("order"),
                members.digest("orderHash").hex(),
                code.isEmpty()
                        ? new Receipt.Answer.Accepted()
                        : new Receipt.Answer.Rejected(members.choice("code", Receipt.Rejection.class)),
                members.choice("after", ChannelState.class),
                members.whole("stateVersion"),
                members.text("signed"));
    }

    private static ChannelId channel(JsonMembers members) {
        return members.parsed("channel", "a pump channel", ChannelId::parse);
    }

    private static Optional<OrderId> orderId(String text) {
        return text.matches("[0-9a-f]{32}") ? Optional.of(new OrderId(text)) : Optional.empty();
    }

    private static String text(ObjectBuilder json) {
        return CanonicalJson.text(json.build());
    }

    private static <T> Reading<T> read(String text, java.util.function.Function<JsonMembers, T> reader) {
        return JsonMembers.readCanonical(text.getBytes(StandardCharsets.UTF_8), MAX_LENGTH, reader);
    }
}
