package io.venule.simulator;

import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.SigningKey;
import java.util.Optional;

/** What a pump signs when it is asked: challenges and receipts, by its record key. Source: pump contract. */
final class SignedAnswers {
    private static final String CHALLENGE = "pump-challenge+jws";
    private static final String RECEIPT = "pump-receipt+jws";

    private final String serial;
    private final String epoch;
    private final SigningKey recordKey;
    private final PumpClock clock;
    private final LibrarySlots library;
    private long counter;

    SignedAnswers(String serial, String epoch, SigningKey recordKey, PumpClock clock, LibrarySlots library) {
        this.serial = serial;
        this.epoch = epoch;
        this.recordKey = recordKey;
        this.clock = clock;
        this.library = library;
    }

    /** What was decided about which text; {@code before} is the channel's state when it came. */
    record Judged(String orderId, Digest orderHash, Optional<Rejection> code, String before) {}

    String challenge(ChannelBrain channel, String nonce) {
        return Jws.sign(
                CHALLENGE,
                common(channel, nonce)
                        .put("lastOrder", channel.lastOrder())
                        .put("lastSeq", channel.lastSequence())
                        .put("rate", Events.rate(channel.delivery().rate()))
                        .put("running", channel.running())
                        .put("state", channel.state().name())
                        .build(),
                recordKey);
    }

    String receipt(ChannelBrain channel, Judged judged, String nextNonce) {
        counter++;
        return Jws.sign(
                RECEIPT,
                common(channel, nextNonce)
                        .put("after", channel.state().name())
                        .put("before", judged.before())
                        .put("code", judged.code().map(Rejection::name).orElse(""))
                        .put("counter", counter)
                        .put("order", judged.orderId())
                        .put("orderHash", judged.orderHash())
                        .put("result", judged.code().isPresent() ? "REJECTED" : "ACCEPTED")
                        .put("seq", channel.lastSequence())
                        .build(),
                recordKey);
    }

    private Json.ObjectBuilder common(ChannelBrain channel, String nonce) {
        return Json.object()
                .put("channel", channel.number())
                .put("epoch", epoch)
                .put("library", Json.object().put("counter", library.counter()).put("sha256", library.sha256()))
                .put("nonce", nonce)
                .put("pump", serial)
                .put("stateVersion", channel.stateVersion())
                .put("uptime", clock.uptime())
                .put("ver", 1)
                .put("wallClock", clock.wall());
    }
}
