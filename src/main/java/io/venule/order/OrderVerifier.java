package io.venule.order;

import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Re-makes a {@link SignedOrder} from text that crossed a queue. Whoever can write into the queue cannot make an order: the signature is
 * verified again with a key of the pump's own ward, and an order past its expiry is refused. Tests: T-18, T-31, T-32, T-41.
 */
public final class OrderVerifier {
    private final Supplier<Keyring> keys;
    private final Function<PumpSerial, String> wards;

    /**
     * @param keys the order keys as of now, those that are revoked left out
     * @param wards each pump's ward; one that nobody knows has none of its own
     */
    public OrderVerifier(Supplier<Keyring> keys, Function<PumpSerial, String> wards) {
        this.keys = keys;
        this.wards = wards;
    }

    /** What came of reading. */
    public sealed interface Read {
        record Good(SignedOrder order) implements Read {}

        /** Not an order of ours. */
        record Forged(String reason) implements Read {}

        /** Ours, but void by now. */
        record TooOld(OrderId id) implements Read {}
    }

    /** Reads the text of an order as it arrived at {@code now}. */
    public Read read(String text, Instant now) {
        var addressed = Jws.unverifiedPayload(text).flatMap(OrderVerifier::addressee);
        if (addressed.isEmpty()) {
            return new Read.Forged("not a signed text for a pump");
        }
        var need = new Keyring.Need(KeyRole.ORDER, wards.apply(addressed.get()), now);
        return switch (Jws.verify(text, SignedOrder.TYPE, keys.get(), need)) {
            case Jws.Verification.Refused(var kind, var reason) -> new Read.Forged(reason);
            case Jws.Verification.Verified verified ->
                switch (CanonicalJson.parseCanonical(verified.payload())) {
                    case CanonicalJson.Parsed.Refused(var reason) -> new Read.Forged(reason);
                    case CanonicalJson.Parsed.Ok(var json) -> ofOurs(json, text, now);
                };
        };
    }

    /** Whom it says it is for: that pump's ward is the one that the key must be good for. */
    private static Optional<PumpSerial> addressee(byte[] payload) {
        return CanonicalJson.parseCanonical(payload) instanceof CanonicalJson.Parsed.Ok(var json)
                ? member(json, "aud")
                        .flatMap(audience -> text(audience, "serial"))
                        .flatMap(PumpSerial::parse)
                : Optional.empty();
    }

    /** Only what delivering needs is read here; the pump reads all of it against the closed schema. */
    private static Read ofOurs(Json json, String text, Instant now) {
        return route(json, text)
                .<Read>map(order -> now.isBefore(order.expires()) ? new Read.Good(order) : new Read.TooOld(order.id()))
                .orElseGet(() -> new Read.Forged("signed by an order key, but not an order"));
    }

    private static Optional<SignedOrder> route(Json json, String text) {
        return text(json, "id")
                .filter(id -> id.matches("[0-9a-f]{32}"))
                .flatMap(id -> whole(json, "exp")
                        .map(Instant::ofEpochMilli)
                        .flatMap(expires ->
                                channel(json).flatMap(channel -> made(json, new OrderId(id), channel, expires, text))));
    }

    /** Cancel and stop overtake; what else there is stands in line, and is no order without a lease. */
    private static Optional<SignedOrder> made(Json json, OrderId id, ChannelId channel, Instant expires, String text) {
        return isEnd(json)
                ? Optional.of(SignedOrder.ahead(id, channel, expires, text))
                : whole(json, "lease").map(lease -> SignedOrder.inLine(id, channel, expires, text, lease));
    }

    private static boolean isEnd(Json json) {
        return text(json, "op")
                .filter(op -> Arrays.stream(EndForm.What.values())
                        .anyMatch(what -> what.op().equals(op)))
                .isPresent();
    }

    private static Optional<ChannelId> channel(Json json) {
        return member(json, "aud")
                .flatMap(audience -> text(audience, "serial")
                        .flatMap(PumpSerial::parse)
                        .flatMap(serial -> whole(audience, "channel")
                                .filter(number -> number >= 1 && number <= ChannelId.MAX_CHANNELS)
                                .map(number -> new ChannelId(serial, Math.toIntExact(number)))));
    }

    private static Optional<String> text(Json json, String name) {
        return member(json, name).map(value -> value instanceof Json.JsonText(var text) ? text : null);
    }

    private static Optional<Long> whole(Json json, String name) {
        return member(json, name).map(value -> value instanceof Json.JsonWhole(var whole) ? whole : null);
    }

    private static Optional<Json> member(Json json, String name) {
        return json instanceof Json.JsonObject(var members) ? Optional.ofNullable(members.get(name)) : Optional.empty();
    }
}
