package io.venule.order;

import io.venule.signing.Json;
import io.venule.signing.KeyId;
import java.util.List;

/** The payload of an order to cancel or stop, member by member as the pump contract lists them. */
final class EndDocument {
    private EndDocument() {}

    static Json of(EndOrder order, String issuer, KeyId kid) {
        return Json.object()
                .put("ver", 1)
                .put("typ", "infusion-order")
                .put("iss", issuer)
                .put("kid", kid)
                .put("op", order.form().what().op())
                .put("id", order.id().value())
                .put("aud", OrderDocument.audience(order.challenge(), order.recordKeyHash()))
                .put("nonce", order.challenge().nonce())
                .put("iat", order.at().toEpochMilli())
                .put("exp", order.expires().toEpochMilli())
                .put(
                        "target",
                        Json.object()
                                .put("id", order.form().order().value())
                                .put("hash", order.target())
                                .build())
                .put("reason", order.form().reason().words())
                .put("approvals", List.of(OrderDocument.approval(order.approver())))
                .build();
    }
}
