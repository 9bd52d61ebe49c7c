package io.venule.simulation;

import io.venule.pump.PumpEvent;
import io.venule.pump.RateCause;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold for a bolus: a person starts it, it is given once, and what it breaks into goes on as it was. T-51; each promise is a method and fails under its name. */
final class BolusPromises {
    private final Set<String> begun = new HashSet<>();
    private final Map<String, Volume> given = new HashMap<>();

    /** The pump says of this bolus that it is over and gave so much. */
    void a_bolus_is_given_once(PumpEvent.BolusGiven event) {
        var first = given.putIfAbsent(event.orderId(), event.volume());
        if (first != null || !begun.contains(event.orderId())) {
            throw new Broken("a_bolus_is_given_once", event.orderId() + " " + first + " and " + event.volume());
        }
    }

    /** What the bolus gave; empty while the pump has not said so. */
    Optional<Volume> given(String bolus) {
        return Optional.ofNullable(given.get(bolus));
    }

    void rateChanged(PumpEvent.RateChanged event, ChannelSeen seen) {
        if (event.cause() != RateCause.BOLUS) {
            return;
        }
        var started = seen.confirmed().filter(ChannelSeen.Held::isBolus);
        after_a_bolus_the_infusion_goes_on_as_it_was(
                event.orderId(), started.isPresent() ? event.from() : event.to(), seen);
        started.ifPresent(bolus -> {
            if (!begun.add(bolus.id())) {
                throw new Broken("a_bolus_is_given_once", bolus.id() + " is begun again");
            }
        });
    }

    /** Between boluses, and after a pause, an infusion has the rate that it was last set to. */
    void after_a_bolus_the_infusion_goes_on_as_it_was(String infusion, FlowRate rate, ChannelSeen seen) {
        if (!seen.isSetTo(rate)) {
            throw new Broken("after_a_bolus_the_infusion_goes_on_as_it_was", infusion + " at " + rate);
        }
    }
}
