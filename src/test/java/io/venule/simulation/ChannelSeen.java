package io.venule.simulation;

import io.venule.pump.PumpEvent;
import io.venule.pump.RateCause;
import io.venule.quantity.FlowRate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What one channel of a pump has given out and holds since it booted, kept from above by the pump's own records. */
final class ChannelSeen {
    private static final long NONCE_LIFE = 30_000;
    private static final int NONCES_KEPT = 16;

    private final Map<String, Long> nonces = new LinkedHashMap<>();
    private long lastSequence;
    private String lastOrder = "0".repeat(64);
    private Optional<Held> waiting = Optional.empty();
    private Optional<Held> change = Optional.empty();
    private Optional<Held> running = Optional.empty();
    private Optional<Held> confirmed = Optional.empty();
    private Optional<Held> bolus = Optional.empty();
    private Optional<FlowRate> setTo = Optional.empty();

    /** An order that the channel took: its text by hash, what it changes, if it changes anything, and whether it is a bolus. */
    record Held(String id, String hash, String target, boolean isBolus) {
        static Held of(OrderFacts order) {
            var target = order.isChange() ? order.text("target", "id") : "";
            return new Held(order.id(), order.hash(), target, order.isBolus());
        }

        boolean is(OrderFacts naming) {
            return naming.text("target", "id").equals(id)
                    && naming.text("target", "hash").equals(hash);
        }
    }

    // Nonces -------------------------------------------------------------------------------------------------

    void gave(String nonce, long now) {
        nonces.put(nonce, now);
        if (nonces.size() > NONCES_KEPT) {
            nonces.remove(nonces.keySet().iterator().next());
        }
    }

    boolean isFresh(String nonce, long now) {
        var given = nonces.get(nonce);
        return given != null && now - given < NONCE_LIFE;
    }

    void used(String nonce) {
        nonces.remove(nonce);
    }

    // Orders -------------------------------------------------------------------------------------------------

    boolean isNextAfter(OrderFacts order) {
        return order.whole("seq") == lastSequence + 1 && order.text("prev").equals(lastOrder);
    }

    /** The change of rate or the bolus that waits for START. */
    Optional<Held> change() {
        return change;
    }

    /** The change that a person has just confirmed, until its rate is set. */
    Optional<Held> confirmed() {
        return confirmed;
    }

    /** Whether a bolus is being given. */
    boolean givesBolus() {
        return bolus.isPresent();
    }

    /** Whether this is the rate of the infusion itself, as last set; a bolus and a pause do not set it. */
    boolean isSetTo(FlowRate rate) {
        return setTo.filter(rate::equals).isPresent();
    }

    /** Whether the order that this one names waits for START here. */
    boolean waitsFor(OrderFacts naming) {
        return waiting.filter(held -> held.is(naming)).isPresent()
                || change.filter(held -> held.is(naming)).isPresent();
    }

    /** Whether the order that this one names is what the channel works on. */
    boolean worksOn(OrderFacts naming) {
        return running.filter(held -> held.is(naming)).isPresent();
    }

    void accepted(OrderFacts order) {
        if (order.isEnd()) {
            return;
        }
        lastSequence = order.whole("seq");
        lastOrder = order.hash();
        if (order.isChange()) {
            change = Optional.of(Held.of(order));
        } else {
            waiting = Optional.of(Held.of(order));
        }
    }

    void after(PumpEvent.OfOrder event) {
        if (event instanceof PumpEvent.Confirmed) {
            confirmed = change.filter(held -> held.id().equals(event.orderId()));
            bolus = confirmed.filter(Held::isBolus);
            change = change.filter(held -> !held.id().equals(event.orderId()));
        } else if (event instanceof PumpEvent.Started started) {
            setTo = Optional.of(started.rate());
            running = waiting;
            waiting = Optional.empty();
        } else if (event instanceof PumpEvent.Stopped) {
            running = Optional.empty();
        } else if (event instanceof PumpEvent.RateChanged changed) {
            confirmed = Optional.empty();
            setTo = changed.cause() == RateCause.BOLUS ? setTo : Optional.of(changed.to());
        } else if (event instanceof PumpEvent.BolusGiven) {
            bolus = Optional.empty();
        } else if (event instanceof PumpEvent.OrderDropped) {
            waiting = waiting.filter(held -> !held.id().equals(event.orderId()));
            change = change.filter(held -> !held.id().equals(event.orderId()));
        }
    }
}
