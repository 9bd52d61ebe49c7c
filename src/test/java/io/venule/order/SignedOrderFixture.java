package io.venule.order;

import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.SigningKey;

/** Signed orders without a dose check, for the tests of what keeps and carries them. */
public final class SignedOrderFixture {
    private static final long LEASE = 1;

    private SignedOrderFixture() {}

    /** A signed text that names the order, a lease and nothing else. */
    public static SignedOrder signed(OrderView order, SigningKey key) {
        return signed(order, key, LEASE);
    }

    /** The same by the lease of this number. */
    public static SignedOrder signed(OrderView order, SigningKey key, long lease) {
        var text = text(payload(order).put("op", "program").put("lease", lease), key);
        return SignedOrder.inLine(order.id(), order.channel(), order.expiresAt(), text, lease);
    }

    /** The same to stop. */
    public static SignedOrder stop(OrderView order, SigningKey key) {
        var text = text(payload(order).put("op", "stop"), key);
        return SignedOrder.ahead(order.id(), order.channel(), order.expiresAt(), text);
    }

    private static Json.ObjectBuilder payload(OrderView order) {
        return Json.object()
                .put("id", order.id().value())
                .put("exp", order.expiresAt().toEpochMilli())
                .put(
                        "aud",
                        Json.object()
                                .put("serial", order.channel().pump().value())
                                .put("channel", order.channel().channel()));
    }

    private static String text(Json.ObjectBuilder payload, SigningKey key) {
        return Jws.sign(SignedOrder.TYPE, payload.build(), key);
    }
}
