package io.venule.order;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.signing.VerifyingKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * The record keys that pumps were enrolled with and the wards that they stand in, as last read: so that an order to stop can be addressed
 * and signed while the record does not answer. What was changed since is refused by the pump.
 */
public final class EnrolledKeys {
    private final Fleet fleet;
    private final AtomicReference<Map<PumpSerial, Facts>> known = new AtomicReference<>(Map.of());

    private record Facts(String recordKeyHash, String ward) {
        static Facts of(EnrolledPump pump) {
            return new Facts(
                    VerifyingKey.parse(pump.recordKey())
                            .orElseThrow()
                            .fingerprint()
                            .hex(),
                    pump.ward());
        }
    }

    public EnrolledKeys(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Reads them anew. A pump whose key in the inventory is none is left out, so that it keeps no other from its orders. */
    public void refresh() {
        known.set(fleet.pumps().stream()
                .filter(pump -> VerifyingKey.parse(pump.recordKey()).isPresent())
                .collect(Collectors.toUnmodifiableMap(EnrolledPump::serial, Facts::of)));
    }

    /** The ward that the pump stands in; no named one where the pump is not enrolled. */
    public String wardOf(PumpSerial pump) {
        return of(pump).map(Facts::ward).orElse(EnrolledPump.NO_WARD);
    }

    /** The wards that pumps stand in, by name, as last read. */
    List<String> wards() {
        return known.get().values().stream()
                .map(Facts::ward)
                .distinct()
                .sorted()
                .toList();
    }

    /** The hash of the pump's raw record key; asks the record where it is not known yet. */
    String hashOf(PumpSerial pump) {
        return of(pump).map(Facts::recordKeyHash)
                .orElseThrow(() -> new IllegalStateException("pump " + pump + " is not enrolled with a record key"));
    }

    private Optional<Facts> of(PumpSerial pump) {
        if (!known.get().containsKey(pump)) {
            refresh();
        }
        return Optional.ofNullable(known.get().get(pump));
    }
}
