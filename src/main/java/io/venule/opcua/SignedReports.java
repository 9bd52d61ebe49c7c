package io.venule.opcua;

import io.venule.order.OrderId;
import io.venule.order.SignedOrder;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpRecord;
import io.venule.pump.Receipt;
import io.venule.pump.RecordPosition;
import io.venule.quantity.Decimal;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.Digest;
import io.venule.signing.JsonMembers;
import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.Jws;
import io.venule.signing.VerifyingKey;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads what one pump signed: challenges, receipts and records, believed only under its enrolled record key and read against the
 * closed schemas of the pump contract.
 */
final class SignedReports {
    private static final String CHALLENGE = "pump-challenge+jws";
    private static final String RECEIPT = "pump-receipt+jws";
    private static final String RECORD = "pump-record+jws";

    private final EnrolledPump pump;
    private final VerifyingKey recordKey;

    SignedReports(EnrolledPump pump) {
        this.pump = pump;
        this.recordKey = VerifyingKey.parse(pump.recordKey())
                .orElseThrow(() -> new IllegalArgumentException("no record key of " + pump.serial()));
    }

    Reading<Challenge> challenge(String signed, int channel) {
        return read(signed, CHALLENGE, members -> challenge(members, channel));
    }

    Reading<Receipt> receipt(String signed, int channel) {
        return read(signed, RECEIPT, members -> receipt(members, channel, signed));
    }

    /** The receipt as the answer to this very order; one for another order is none. */
    Reading<Receipt> answerTo(SignedOrder order, String signed) {
        return about(
                receipt(signed, order.channel().channel()),
                receipt -> receipt.orderHash().equals(order.hash().hex()));
    }

    /** The receipt as it is read back by an order's id; one for another order is none. */
    Reading<Receipt> readBack(OrderId order, ChannelId channel, String signed) {
        return about(
                receipt(signed, channel.channel()), receipt -> receipt.order().equals(order.value()));
    }

    private static Reading<Receipt> about(Reading<Receipt> read, Predicate<Receipt> wanted) {
        return read instanceof Reading.Ok<Receipt>(var receipt) && !wanted.test(receipt)
                ? new Reading.Refused<>("", "a receipt for another order")
                : read;
    }

    Reading<PumpRecord> record(String signed) {
        return read(signed, RECORD, members -> record(members, signed));
    }

    private <T> Reading<T> read(String signed, String type, Function<JsonMembers, T> reader) {
        return switch (Jws.verify(signed, type, recordKey)) {
            case Jws.Verification.Refused refused ->
                new Reading.Refused<>("", refused.kind() + ": " + refused.reason());
            case Jws.Verification.Verified verified ->
                JsonMembers.readCanonical(verified.payload(), Jws.MAX_LENGTH, reader);
        };
    }

    private Challenge challenge(JsonMembers said, int channel) {
        header(said);
        said.exactly("channel", channel);
        return new Challenge(
                new ChannelId(pump.serial(), channel),
                said.id("epoch"),
                said.id("nonce"),
                said.choice("state", ChannelState.class),
                said.whole("stateVersion", 0, Long.MAX_VALUE),
                rate(said.object("rate")),
                said.digest("running").hex(),
                said.whole("lastSeq", 0, Long.MAX_VALUE),
                said.digest("lastOrder").hex(),
                library(said.object("library")));
    }

    private Receipt receipt(JsonMembers said, int channel, String signed) {
        header(said);
        said.exactly("channel", channel);
        said.choice("before", ChannelState.class);
        said.id("epoch");
        said.id("nonce");
        said.whole("counter", 1, Long.MAX_VALUE);
        said.whole("seq", 0, Long.MAX_VALUE);
        library(said.object("library"));
        return new Receipt(
                new ChannelId(pump.serial(), channel),
                orderId(said, "order"),
                said.digest("orderHash").hex(),
                answer(said),
                said.choice("after", ChannelState.class),
                said.whole("stateVersion", 0, Long.MAX_VALUE),
                signed);
    }

    private static Receipt.Answer answer(JsonMembers said) {
        return switch (said.text("result")) {
            case "ACCEPTED" -> {
                said.exactly("code", "");
                yield new Receipt.Answer.Accepted();
            }
            case "REJECTED" -> new Receipt.Answer.Rejected(said.choice("code", Receipt.Rejection.class));
            default -> throw said.refusal("result", "is neither ACCEPTED nor REJECTED");
        };
    }

    private PumpRecord record(JsonMembers said, String signed) {
        var clock = header(said);
        return new PumpRecord(
                pump.serial(),
                new RecordPosition(said.id("epoch"), said.whole("seq", 1, Long.MAX_VALUE)),
                said.digest("prev").hex(),
                Digest.ofText(signed).hex(),
                clock.wall(),
                clock.uptime(),
                EventReader.read(said.object("event")),
                signed);
    }

    private record Clock(java.time.Instant wall, long uptime) {}

    private Clock header(JsonMembers said) {
        said.exactly("ver", 1);
        said.exactly("pump", pump.serial().value());
        return new Clock(said.instant("wallClock"), said.whole("uptime", 0, Long.MAX_VALUE));
    }

    private static Challenge.PumpLibrary library(JsonMembers library) {
        var counter = library.whole("counter", 0, Long.MAX_VALUE);
        return new Challenge.PumpLibrary(
                counter,
                counter == 0
                        ? library.parsed("sha256", "empty", text -> text.isEmpty() ? Optional.of("") : Optional.empty())
                        : library.digest("sha256").hex());
    }

    /** An id, or empty text where there is none. */
    static String orderId(JsonMembers members, String name) {
        return members.text(name).isEmpty() ? "" : members.id(name);
    }

    static FlowRate rate(JsonMembers quantity) {
        return FlowRate.ofMillilitresPerHour(decimal(quantity, "mL/h"));
    }

    static Volume volume(JsonMembers quantity) {
        return Volume.ofMillilitres(decimal(quantity, "mL"));
    }

    private static Decimal decimal(JsonMembers quantity, String unit) {
        quantity.exactly("unit", unit);
        return quantity.parsed(
                "value",
                "a canonical decimal below 9,999 with at most three digits after the point",
                text -> Decimal.parse(text).filter(value -> value.fitsScale(3) && value.compareTo(MOST) <= 0));
    }

    private static final Decimal MOST = Decimal.of(9_999);
}
