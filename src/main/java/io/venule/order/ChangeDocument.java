package io.venule.order;

import io.venule.audit.TreeHead;
import io.venule.signing.Json;
import io.venule.signing.KeyId;

/** The payload of an order to change the rate, or to give a bolus, member by member as the pump contract lists them. */
final class ChangeDocument {
    private ChangeDocument() {}

    static Json of(ChangeOrder order, String issuer, KeyId kid, TreeHead log) {
        var challenge = order.running().challenge();
        var change = order.change();
        var json = Json.object()
                .put("ver", 1)
                .put("typ", "infusion-order")
                .put("iss", issuer)
                .put("kid", kid)
                .put("op", order.op().word())
                .put("id", order.id().value())
                .put("aud", OrderDocument.audience(challenge, order.audience().recordKeyHash()))
                .put("seq", challenge.lastSequence() + 1)
                .put("prev", challenge.lastOrder())
                .put("nonce", challenge.nonce())
                .put("expect", OrderDocument.expectation(challenge))
                .put("iat", order.at().toEpochMilli())
                .put("nbf", order.at().toEpochMilli())
                .put("exp", order.expires().toEpochMilli())
                .put("lease", order.audience().lease())
                .put(
                        "target",
                        Json.object()
                                .put("id", order.running().order().id().value())
                                .put("hash", order.running().hash())
                                .build())
                .put("rate", OrderDocument.rate(change.rate()))
                .put("library", library(order))
                .put("approvals", OrderDocument.approvals(order.approvers()))
                .put("log", OrderDocument.head(log));
        change.bolus().ifPresent(bolus -> {
            json.put("volume", OrderDocument.volume(bolus.volume()));
            OrderDocument.addBasis(json, bolus.size());
        });
        change.dose()
                .ifPresent(dose -> json.put(
                        "dose", OrderDocument.quantity(dose.value(), dose.unit().ucum())));
        return json.build();
    }

    private static Json library(ChangeOrder order) {
        var change = order.change();
        var json = Json.object()
                .put("counter", change.version().counter())
                .put("sha256", change.version().sha256())
                .put("limitSet", change.infusion().entry().id());
        change.reason().ifPresent(reason -> json.put("override", reason.print()));
        return json.build();
    }
}
