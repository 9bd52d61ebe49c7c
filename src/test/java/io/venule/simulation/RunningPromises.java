package io.venule.simulation;

import io.venule.order.Ended;
import io.venule.order.SignedOrder;
import io.venule.pump.ChannelState;
import io.venule.pump.PumpEvent;
import io.venule.pump.RateCause;
import io.venule.simulator.BarePump;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold for what runs while it is to be changed, taken back or stopped: a person at the pump does it, or nobody. Invariant 2 of
 * the design; each promise is a method and fails under its name.
 */
final class RunningPromises {
    private final Map<String, SignedOrder> asked = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> carriedOut = new HashSet<>();

    /** A nurse's wish to end something leaves the desk. */
    void sent(SignedOrder order) {
        if (asked.put(order.id().value(), order) != null) {
            throw new Broken("no_order_is_sent_twice", order.id().value());
        }
    }

    /** All wishes that ever left a desk, as who listens on the wire has them. */
    List<SignedOrder> asked() {
        return List.copyOf(asked.values());
    }

    /** Whether the pump has taken an order to end this one. */
    boolean isTaken(String target) {
        return asked.values().stream()
                .filter(order -> taken.contains(order.id().value()))
                .anyMatch(order ->
                        OrderFacts.of(order.text()).text("target", "id").equals(target));
    }

    /** Whether a person at the pump confirmed this change. */
    boolean isCarriedOut(String change) {
        return carriedOut.contains(change);
    }

    // A pump takes it ----------------------------------------------------------------------------------------

    void endAccepted(Judging now) {
        var id = now.order().id();
        if (!asked.containsKey(id)) {
            throw new Broken("a_pump_ends_only_what_a_person_wants_ended", id);
        }
        if (!taken.add(id)) {
            throw new Broken("no_order_is_accepted_twice", id);
        }
        if (!now.fresh()) {
            throw new Broken("no_stale_stop_acts", id);
        }
        if (!now.isThere()) {
            throw new Broken("an_end_ends_only_what_it_names", id);
        }
    }

    void changeAccepted(Judging now) {
        now.seen().change().ifPresent(other -> {
            throw new Broken("one_change_waits_at_most", now.order().id() + " beside " + other.id());
        });
    }

    /** While an order to end something is judged, nothing leaves the display but what it names, a change of that, or an older wish. */
    void an_end_ends_only_what_it_names(Judging now, PumpEvent.OrderDropped dropped) {
        var target = now.order().text("target", "id");
        var change = now.seen().change().filter(held -> held.id().equals(dropped.orderId()));
        var isNamed = dropped.orderId().equals(target)
                || asked.containsKey(dropped.orderId())
                || change.filter(held -> held.target().equals(target)).isPresent();
        if (!now.order().isEnd() || !isNamed) {
            throw new Broken("an_end_ends_only_what_it_names", now.order().id() + " dropped " + dropped.orderId());
        }
    }

    /** The rate stays, and so does the state; but what is free may wait for START, and what only waits may be taken back by name. */
    void nothing_that_comes_over_the_wire_changes_an_infusion(
            OrderFacts order, List<BarePump.Panel> before, List<BarePump.Panel> after) {
        for (int channel = 0; channel < before.size(); channel++) {
            var then = before.get(channel);
            var now = after.get(channel);
            var waits = now.state() == ChannelState.ORDER_PENDING && Judging.isFree(then.state());
            var takenBack = order.isEnd() && then.state() == ChannelState.ORDER_PENDING && Judging.isFree(now.state());
            if (!then.rate().equals(now.rate()) || (then.state() != now.state() && !waits && !takenBack)) {
                throw new Broken("nothing_that_comes_over_the_wire_changes_an_infusion", order.id());
            }
        }
    }

    // A person at the pump -----------------------------------------------------------------------------------

    /** Of a change that waits, or of a program, which is started right after; what is asked of both is asked elsewhere. */
    void confirmed(PumpEvent.Confirmed event, ChannelSeen seen, boolean pressing) {
        if (seen.confirmed().isEmpty()) {
            return;
        }
        if (!pressing) {
            throw new Broken("a_change_waits_for_start", event.orderId());
        }
        carriedOut.add(event.orderId());
    }

    void rateChanged(PumpEvent.RateChanged event, ChannelSeen seen, boolean pressing) {
        var bolus = seen.confirmed().filter(ChannelSeen.Held::isBolus).isPresent();
        var byPerson = event.cause() == RateCause.KEYPAD || event.cause() == RateCause.ORDER || bolus;
        if (byPerson && !pressing) {
            throw new Broken("a_change_waits_for_start", event.orderId());
        }
        if (event.cause() == RateCause.ORDER && (bolus || seen.confirmed().isEmpty())) {
            throw new Broken("only_an_accepted_change_is_carried_out", event.orderId());
        }
    }

    // A nurse is told ----------------------------------------------------------------------------------------

    /** Taken back means that it is off the display unstarted; shown means that the pump took the wish; and neither is said unrecorded. */
    void the_screen_says_what_became_of_a_stop(String order, Ended ended, Seen pump, Recorded log) {
        var isTrue = switch (ended) {
            case Ended.Done(var recorded) -> pump.isDropped(order) && (!recorded || log.holds(order));
            case Ended.Shown(var recorded) -> isTaken(order) && (!recorded || log.holds(order));
            case Ended.Unknown u -> true;
            case Ended.NotReached n -> true;
            case Ended.NotThere n -> true;
            case Ended.Rejected r -> true;
            case Ended.Unconfirmed u -> true;
        };
        if (!isTrue) {
            throw new Broken("the_screen_says_what_became_of_a_stop", order + " " + ended);
        }
    }

    /** What the pumps did. */
    interface Seen {
        /** Whether the order left its pump's display without having been started or carried out. */
        boolean isDropped(String order);
    }

    /** What is in the log. */
    interface Recorded {
        /** Both that somebody wanted this order ended and that its pump took the wish. */
        boolean holds(String order);
    }
}
