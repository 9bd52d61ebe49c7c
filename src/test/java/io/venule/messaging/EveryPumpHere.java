package io.venule.messaging;

import io.venule.order.PumpHolders;
import io.venule.pump.PumpSerial;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Optional;

/** One server that holds every pump there may be, but for one whose serial ends in NOBODY. */
@Alternative
@Singleton
final class EveryPumpHere implements PumpHolders {
    static final String HERE = "gateway-1";

    @Override
    public String here() {
        return HERE;
    }

    @Override
    public Optional<String> of(PumpSerial pump) {
        return pump.value().endsWith("NOBODY")
                ? Optional.empty()
                : Optional.of(pump.value().endsWith("ELSEWHERE") ? "gateway-2" : HERE);
    }

    @Override
    public boolean hasOthers() {
        return true;
    }
}
