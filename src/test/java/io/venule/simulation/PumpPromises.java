package io.venule.simulation;

import io.venule.opcua.SessionWithoutWire;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What must hold at the pumps, watched from above: with the true time, the pump's own memory and the whole log in view. Invariants 1, 2, 3
 * of the design; each promise is a method and fails under its name.
 */
final class PumpPromises {
    private static final long NONCE_LIFE = 30_000;
    private static final long ORDER_LIFE = 60_000;
    private static final Set<String> BEFORE_NONCE = Set.of("AUDIENCE", "EXPIRED", "NOT_YET", "SEQUENCE");

    private final Scheduler scheduler;
    private final Trace trace;
    private final Promises promises;
    private final RunningPromises running = new RunningPromises();
    private final BolusPromises boluses = new BolusPromises();
    private final Map<PumpSerial, List<PumpRecord>> written = new LinkedHashMap<>();
    private final Map<ChannelId, ChannelSeen> channels = new HashMap<>();
    private final Map<String, Fate> fates = new LinkedHashMap<>();
    private @Nullable Judging judging;
    private final boolean answersCompared;
    private boolean pressing;

    /** What became of an order at its pump, as the pump's own records say. */
    enum Fate {
        ACCEPTED,
        STARTED,
        ENDED,
        /** Left the display unstarted. */
        DROPPED
    }

    PumpPromises(World.Parameters run, Promises promises) {
        this.scheduler = run.scheduler();
        this.trace = run.trace();
        this.answersCompared = run.parts().answersAreCompared();
        this.promises = promises;
    }

    List<PumpRecord> written(PumpSerial pump) {
        return written.getOrDefault(pump, List.of());
    }

    Set<PumpSerial> serials() {
        return written.keySet();
    }

    /** Those about changing and stopping what runs. */
    RunningPromises running() {
        return running;
    }

    /** Those about boluses. */
    BolusPromises boluses() {
        return boluses;
    }

    /** Empty for an order that the pump never accepted. */
    Optional<Fate> fate(String order) {
        return Optional.ofNullable(fates.get(order));
    }

    void booted(PumpNode pump) {
        channels.keySet().removeIf(channel -> channel.pump().equals(pump.serial()));
    }

    /** A person presses something at a pump. */
    void pressed(Runnable button) {
        pressing = true;
        try {
            button.run();
        } finally {
            pressing = false;
        }
    }

    /** The pump gave a nonce in this text. */
    String gave(PumpNode pump, int channel, String text) {
        seen(new ChannelId(pump.serial(), channel)).gave(OrderFacts.of(text).text("nonce"), scheduler.now());
        return text;
    }

    /** The pump has a list of revoked keys in its memory. */
    void took(PumpNode pump, String list) {
        trace.say(pump.serial() + " takes the list of revoked keys");
        trace.meet("a list of revoked keys taken");
        promises.keys().taken(pump.serial(), list);
    }

    private ChannelSeen seen(ChannelId channel) {
        return channels.computeIfAbsent(channel, any -> new ChannelSeen());
    }

    // Judging an order ---------------------------------------------------------------------------------------

    String judged(PumpNode pump, int channel, String text, Supplier<String> submit) {
        var bare = pump.bare();
        bare.tick();
        var order = OrderFacts.of(text);
        var first = bare.readReceipt(channel, order.id());
        var before = List.of(bare.panel(1), bare.panel(2));
        var place = new ChannelId(pump.serial(), channel);
        var now = new Judging(
                pump,
                place,
                order,
                bare.wallClock(),
                bare.epoch(),
                before.get(channel - 1),
                seen(place),
                seen(place).isFresh(order.text("nonce"), scheduler.now()),
                promises.keys().isRevokedAt(pump.serial(), order),
                bare.fences());
        var rule = now.firstBrokenRule();
        judging = now;
        try {
            var receipt = submit.get();
            trace.say(pump.serial() + " answers " + order.id() + " " + verdict(receipt));
            if (first.isEmpty()) {
                if (!BEFORE_NONCE.contains(rule) && !now.revoked()) {
                    now.seen().used(order.text("nonce"));
                }
                gave(pump, channel, receipt);
                the_answer_names_the_first_broken_rule(now, rule, verdict(receipt));
            } else {
                the_same_order_gets_its_first_answer(order, first, receipt);
            }
            running.nothing_that_comes_over_the_wire_changes_an_infusion(
                    order, before, List.of(bare.panel(1), bare.panel(2)));
            return receipt;
        } finally {
            judging = null;
        }
    }

    private static String verdict(String receipt) {
        var facts = OrderFacts.of(receipt);
        return facts.text("result").equals("ACCEPTED") ? "ACCEPTED" : facts.text("code");
    }

    private void the_answer_names_the_first_broken_rule(Judging now, String rule, String answer) {
        trace.meet(answer);
        var mayBe = answer.equals(rule) || (answer.equals("LIMIT") && now.isJustLeft());
        if (answersCompared && !mayBe) {
            throw new Broken(
                    "the_answer_names_the_first_broken_rule", now.order().id() + " " + answer + ", not " + rule);
        }
    }

    private static void the_same_order_gets_its_first_answer(OrderFacts order, String first, String answer) {
        if (!answer.equals(first)) {
            throw new Broken("the_same_order_gets_its_first_answer", order.id());
        }
    }

    // What pumps write ---------------------------------------------------------------------------------------

    /** A record is in the pump's memory. */
    void wrote(PumpNode pump, String text) {
        var record = SessionWithoutWire.written(pump.serial(), text);
        trace.say(pump.serial() + " writes " + record.position().sequence() + " " + record.event());
        written.computeIfAbsent(pump.serial(), any -> new ArrayList<>()).add(record);
        if (record.event() instanceof PumpEvent.Booted) {
            endedByBoot(pump);
        } else if (record.event() instanceof PumpEvent.OfOrder event) {
            wrote(pump, event);
        }
    }

    private void wrote(PumpNode pump, PumpEvent.OfOrder event) {
        var seen = seen(new ChannelId(pump.serial(), event.channel()));
        if (event instanceof PumpEvent.OrderDropped dropped && judging != null) {
            running.an_end_ends_only_what_it_names(judging, dropped);
        } else if (event instanceof PumpEvent.RateChanged changed) {
            running.rateChanged(changed, seen, pressing);
            boluses.rateChanged(changed, seen);
            seen.confirmed().ifPresent(change -> promises.what_runs_is_what_was_approved(change.id(), changed.to()));
        } else if (event instanceof PumpEvent.Resumed resumed) {
            boluses.after_a_bolus_the_infusion_goes_on_as_it_was(resumed.orderId(), resumed.rate(), seen);
        }
        seen.after(event);
        if (event instanceof PumpEvent.OrderAccepted) {
            accepted(pump, event.orderId());
        } else if (event instanceof PumpEvent.Confirmed confirmed) {
            running.confirmed(confirmed, seen, pressing);
            seen.confirmed().ifPresent(this::carriedOut);
        } else if (event instanceof PumpEvent.Started started) {
            started(started);
        } else if (event instanceof PumpEvent.OrderDropped && fates.containsKey(event.orderId())) {
            fates.put(event.orderId(), Fate.DROPPED);
        } else if (event instanceof PumpEvent.Stopped || event instanceof PumpEvent.VolumeComplete) {
            fates.put(event.orderId(), Fate.ENDED);
        } else if (event instanceof PumpEvent.BolusGiven given) {
            bolusGiven(given);
        }
    }

    private void bolusGiven(PumpEvent.BolusGiven event) {
        boluses.a_bolus_is_given_once(event);
        var part = promises.a_bolus_gives_no_more_than_was_approved(event);
        trace.meet(part ? "a bolus broken off" : "a bolus given");
        fates.put(event.orderId(), Fate.ENDED);
    }

    private void carriedOut(ChannelSeen.Held change) {
        nothing_is_started_after_its_time(change.id());
        fates.put(change.id(), change.isBolus() ? Fate.STARTED : Fate.ENDED);
    }

    /** A pump that boots has forgotten what it worked on. */
    private void endedByBoot(PumpNode pump) {
        fates.replaceAll(
                (order, fate) -> fate != Fate.DROPPED && promises.isOn(order, pump.serial()) ? Fate.ENDED : fate);
    }

    private void accepted(PumpNode pump, String id) {
        var now = judging;
        if (now == null || !now.order().id().equals(id) || !now.pump().equals(pump)) {
            throw new Broken("a_pump_accepts_only_what_it_was_sent", id);
        }
        promises.keys().a_revoked_key_moves_no_pump(pump.serial(), now.order());
        if (now.order().isEnd()) {
            running.endAccepted(now);
            return;
        }
        no_order_is_accepted_twice(id);
        promises.no_pump_acts_without_an_approval_in_the_log(now.order());
        promises.an_accepted_order_is_what_was_approved(now.order(), now.channel());
        nothing_is_accepted_after_its_time(now);
        an_order_is_accepted_only_on_a_fresh_nonce(now);
        an_order_finds_the_pump_as_it_was_approved_for(now);
        a_stale_lease_moves_nothing(now);
        the_log_never_goes_back_for_a_pump(now);
        if (now.order().isChange()) {
            running.changeAccepted(now);
        }
        fates.put(id, Fate.ACCEPTED);
        now.seen().accepted(now.order());
    }

    private void no_order_is_accepted_twice(String id) {
        if (fates.containsKey(id)) {
            throw new Broken("no_order_is_accepted_twice", id);
        }
        promises.one_tap_is_accepted_once(id, fates.keySet());
    }

    /** By the pump's clock not at or after the order's end, and by the true time not 60 s after its approval. Invariant 3. */
    private void nothing_is_accepted_after_its_time(Judging now) {
        if (now.wall() >= now.order().whole("exp")
                || scheduler.now() - promises.approvedAt(now.order().id()) >= ORDER_LIFE) {
            throw new Broken("nothing_is_accepted_after_its_time", now.order().id());
        }
    }

    private static void an_order_is_accepted_only_on_a_fresh_nonce(Judging now) {
        if (!now.fresh()) {
            throw new Broken(
                    "an_order_is_accepted_only_on_a_fresh_nonce", now.order().id());
        }
    }

    private static void an_order_finds_the_pump_as_it_was_approved_for(Judging now) {
        if (!now.isAsExpected()) {
            throw new Broken(
                    "an_order_finds_the_pump_as_it_was_approved_for",
                    now.order().id());
        }
    }

    private static void a_stale_lease_moves_nothing(Judging now) {
        if (now.order().whole("lease") < now.fences().get(0)) {
            throw new Broken("a_stale_lease_moves_nothing", now.order().id());
        }
    }

    private static void the_log_never_goes_back_for_a_pump(Judging now) {
        if (now.order().whole("log", "size") < now.fences().get(1)) {
            throw new Broken("the_log_never_goes_back_for_a_pump", now.order().id());
        }
    }

    private void started(PumpEvent.Started event) {
        var id = event.orderId();
        if (!pressing) {
            throw new Broken("only_a_person_at_the_pump_starts_an_infusion", id);
        }
        if (fates.get(id) != Fate.ACCEPTED) {
            throw new Broken("only_an_accepted_order_is_started", id);
        }
        promises.what_runs_is_what_was_approved(id, event.rate());
        nothing_is_started_after_its_time(id);
        fates.put(id, Fate.STARTED);
    }

    /** 60 s for the order, and 30 s for clocks that disagree: more, and the order would have been NOT_YET while its nonce lived. */
    private void nothing_is_started_after_its_time(String id) {
        if (scheduler.now() - promises.approvedAt(id) >= ORDER_LIFE + NONCE_LIFE) {
            throw new Broken("nothing_is_started_after_its_time", id);
        }
    }
}
