package io.venule.order;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.signing.VerifyingKey;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * The record keys that pumps were enrolled with, as last read: so that an order to stop can be addressed while the record does not
 * answer. A key that was changed since is refused by the pump; no other order uses these.
 */
public final class EnrolledKeys {
    private final Fleet fleet;
    private final AtomicReference<Map<PumpSerial, String>> hashes = new AtomicReference<>(Map.of());

    public EnrolledKeys(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Reads them anew. */
    public void refresh() {
        hashes.set(
                fleet.pumps().stream().collect(Collectors.toUnmodifiableMap(EnrolledPump::serial, EnrolledKeys::hash)));
    }

    /** The hash of the pump's raw record key; asks the record where it is not known yet. */
    String hashOf(PumpSerial pump) {
        var known = hashes.get().get(pump);
        if (known != null) {
            return known;
        }
        refresh();
        var found = hashes.get().get(pump);
        if (found == null) {
            throw new IllegalStateException("pump " + pump + " is not enrolled");
        }
        return found;
    }

    private static String hash(EnrolledPump pump) {
        return VerifyingKey.parse(pump.recordKey()).orElseThrow().fingerprint().hex();
    }
}
