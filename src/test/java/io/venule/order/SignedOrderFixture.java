package io.venule.order;

import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.SigningKey;

/** Signed orders without a dose check, for the tests of what keeps and carries them. */
public final class SignedOrderFixture {
    private SignedOrderFixture() {}

    /** A signed text that names the order and nothing else. */
    public static SignedOrder signed(OrderView order, SigningKey key) {
        return signed(order, key, "program");
    }

    /** The same to stop. */
    public static SignedOrder stop(OrderView order, SigningKey key) {
        return signed(order, key, "stop");
    }

    private static SignedOrder signed(OrderView order, SigningKey key, String op) {
        var payload = Json.object()
                .put("id", order.id().value())
                .put("op", op)
                .put("exp", order.expiresAt().toEpochMilli())
                .put(
                        "aud",
                        Json.object()
                                .put("serial", order.channel().pump().value())
                                .put("channel", order.channel().channel()))
                .build();
        return new SignedOrder(
                order.id(),
                order.channel(),
                order.expiresAt(),
                Jws.sign(SignedOrder.TYPE, payload, key),
                op.equals("stop"));
    }
}
