package io.venule.opcua;

import io.venule.order.OrderVerifier;
import io.venule.order.PumpLink.Readiness;
import io.venule.order.SignedOrder;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.signing.Json;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import io.venule.signing.SigningKey;
import io.venule.signing.VerifyingKey;
import io.venule.simulator.OrderDraft;
import io.venule.simulator.WardKeys;
import java.time.Instant;
import java.util.List;

/** Orders that a pump takes as it stands, made from what it says over this link. */
record GoodOrders(MiloPumpLink link, WardKeys keys) {
    Readiness.Ready ready(ChannelId channel) {
        return switch (link.challenge(channel)) {
            case Readiness.Ready ready -> ready;
            case Readiness.NotReachable(var reason) -> throw new IllegalStateException(reason);
        };
    }

    /**
     * One for the pump's first channel, signed by a key of this ward, whatever the pump's is.
     *
     * @param later so much higher is the number of the lease that it names than the session's
     */
    SignedOrder order(EnrolledPump pump, SigningKey key, String ward, long later) {
        var ready = ready(new ChannelId(pump.serial(), 1));
        var said = ready.challenge();
        var situation = new OrderDraft.Situation(
                pump.serial().value(),
                1,
                said.epoch(),
                said.nonce(),
                said.state().name(),
                said.stateVersion(),
                said.rate().millilitresPerHour().canonical(),
                said.running(),
                said.lastSequence(),
                said.lastOrder(),
                said.library().counter(),
                said.library().sha256());
        var recordKey = VerifyingKey.parse(pump.recordKey()).orElseThrow();
        var text = OrderDraft.dopamine(situation, recordKey, Instant.now().toEpochMilli())
                .with("lease", Json.whole(ready.lease() + later))
                .with("vtbi", OrderDraft.quantity("mL", pump.model().equals(PumpModel.SYRINGE) ? "50" : "250"))
                .signedBy(key);
        var ring = Keyring.of(keys.root().verifyingKey(), List.of(keys.certificate(key, KeyRole.ORDER, ward)));
        return switch (new OrderVerifier(() -> ring, serial -> ward).read(text, Instant.now())) {
            case OrderVerifier.Read.Good(var order) -> order;
            case OrderVerifier.Read.Forged(var reason) -> throw new AssertionError(reason);
            case OrderVerifier.Read.TooOld old -> throw new AssertionError("too old");
        };
    }
}
