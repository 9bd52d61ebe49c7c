package io.venule.simulator;

import io.venule.signing.JsonMembers;
import io.venule.simulator.OrderText.Approval;
import io.venule.simulator.OrderText.Audience;
import java.util.List;
import java.util.Optional;

/**
 * An order to end another one: {@code cancel} takes back what waits for START, {@code stop} too, or asks the person at the pump to stop what runs. It names the
 * order that it ends, so that it can come late, twice or out of turn and still end nothing else.
 */
record EndText(
        What what,
        String kid,
        Audience audience,
        String id,
        String nonce,
        Target target,
        Optional<String> reason,
        List<Approval> approvals)
        implements SignedText {
    /** Milliseconds. */
    static final long MAX_LIFETIME = 15_000;

    /** Which end. */
    enum What {
        CANCEL,
        STOP
    }

    /** The order to end, by its id and the hash of its text. */
    record Target(String hash, String id) {}

    static EndText read(JsonMembers order, What what) {
        order.exactly("ver", 1);
        order.exactly("typ", "infusion-order");
        order.text("iss", 200);
        var issued = order.whole("iat", 0, Long.MAX_VALUE);
        order.whole("exp", issued + 1, issued + MAX_LIFETIME);
        var target = order.object("target");
        return new EndText(
                what,
                order.keyId("kid").hex(),
                OrderText.audience(order.object("aud")),
                order.id("id"),
                order.id("nonce"),
                new Target(target.digest("hash").hex(), target.id("id")),
                order.has("reason") ? Optional.of(order.text("reason", 200)) : Optional.empty(),
                OrderText.approvals(order));
    }
}
