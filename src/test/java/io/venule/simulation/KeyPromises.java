package io.venule.simulation;

import io.venule.pump.PumpSerial;
import io.venule.signing.KeyId;
import io.venule.signing.Revocations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What must hold once the root says of a key that it must not be believed. T-41; each promise is a method and fails under its name. */
final class KeyPromises {
    private final Map<PumpSerial, Set<String>> revokedAt = new HashMap<>();

    void a_server_signs_with_no_revoked_key(KeyId key, Revocations read) {
        if (read.names(key)) {
            throw new Broken("a_server_signs_with_no_revoked_key", key.hex());
        }
    }

    /** A gateway hands an order over that came out of the queue. */
    void nothing_under_a_revoked_key_is_handed_over(String order, Revocations read) {
        var facts = OrderFacts.of(order);
        if (read.keys().stream().anyMatch(key -> key.hex().equals(facts.text("kid")))) {
            throw new Broken("nothing_under_a_revoked_key_is_handed_over", facts.id());
        }
    }

    /** A pump said that it took this list; it never forgets it, whatever becomes of its power. */
    void taken(PumpSerial pump, String list) {
        var named = revokedAt.computeIfAbsent(pump, any -> new HashSet<>());
        KeysOnPaper.namedIn(list).forEach(key -> named.add(key.hex()));
    }

    /** Whether the pump took a list that names this order's key. */
    boolean isRevokedAt(PumpSerial pump, OrderFacts order) {
        return revokedAt.getOrDefault(pump, Set.of()).contains(order.text("kid"));
    }

    void a_revoked_key_moves_no_pump(PumpSerial pump, OrderFacts order) {
        if (isRevokedAt(pump, order)) {
            throw new Broken("a_revoked_key_moves_no_pump", order.id());
        }
    }
}
