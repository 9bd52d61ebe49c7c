package io.venule.simulation;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.order.EndForm;
import io.venule.order.Ended;
import io.venule.order.OrderId;
import io.venule.order.OrderOp;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Outcome;
import io.venule.order.SignedOrder;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.signing.Json;
import io.venule.simulation.PumpPromises.Fate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must hold on the server's side, looked at after each step of a run: the database and its log against what the pumps really did.
 * Invariants 1, 3, 4, 5 of the design; each promise is a method and fails under its name.
 */
final class Promises {
    private final Scheduler scheduler;
    private final Trace trace;
    private final Database database;
    private final Map<OrderId, OrderState> lastStates = new HashMap<>();
    private final Map<String, Long> approvals = new HashMap<>();
    private final Map<PumpSerial, Integer> lastRecords = new HashMap<>();
    private final Map<Long, String> leaseOwners = new HashMap<>();
    private final Set<OrderId> sent = new HashSet<>();
    private final Set<OrderId> ordersOnRecord = new HashSet<>();
    private final PumpPromises pumps;
    private final DoubtPromises doubts;
    private final KeyPromises keys = new KeyPromises();
    private int lastEntry;
    private long lastChange;

    Promises(World.Parameters run, Database database) {
        this.scheduler = run.scheduler();
        this.database = database;
        this.trace = run.trace();
        this.pumps = new PumpPromises(run, this);
        this.doubts = new DoubtPromises(scheduler, database);
    }

    PumpPromises pumps() {
        return pumps;
    }

    DoubtPromises doubts() {
        return doubts;
    }

    KeyPromises keys() {
        return keys;
    }

    // Asked by the pumps' side -------------------------------------------------------------------------------

    /** The true time at which an order was durable; an order that never was has none. */
    long approvedAt(String order) {
        var at = approvals.get(order);
        if (at == null) {
            throw new Broken("no_pump_acts_without_an_approval_in_the_log", order);
        }
        return at;
    }

    boolean isOn(String order, PumpSerial pump) {
        return database.find(new OrderId(order))
                .filter(view -> view.channel().pump().equals(pump))
                .isPresent();
    }

    private OrderView known(String order) {
        return database.find(new OrderId(order))
                .orElseThrow(() -> new Broken("no_pump_acts_without_an_approval_in_the_log", order));
    }

    /** The order is on record word for word, and the tree it names is the log's own and holds its approval. Invariants 1 and 5. */
    void no_pump_acts_without_an_approval_in_the_log(OrderFacts order) {
        noteNewOrders();
        var size = order.whole("log", "size");
        var kept = OrderFacts.of(known(order.id()).signed()).hash().equals(order.hash());
        var rooted = database.head(size)
                .filter(head -> head.root().hex().equals(order.text("log", "root")))
                .isPresent();
        var approved = rooted
                && database.log().subList(0, (int) size).stream().anyMatch(entry -> isApprovalOf(order.id(), entry));
        if (!kept || !approved) {
            throw new Broken("no_pump_acts_without_an_approval_in_the_log", order.id());
        }
    }

    /** Channel, patient, drug, dose, rate and volume of the accepted text are those of the entry that a person stands for. */
    void an_accepted_order_is_what_was_approved(OrderFacts order, ChannelId channel) {
        var approval = database.log().stream()
                .filter(entry -> isApprovalOf(order.id(), entry))
                .findFirst()
                .orElseThrow();
        var same = order.isChange()
                ? isChangeAsApproved(order, channel, approval)
                : isProgramAsApproved(order, channel, approval);
        if (!same) {
            throw new Broken("an_accepted_order_is_what_was_approved", order.id());
        }
    }

    private static boolean isChangeAsApproved(OrderFacts order, ChannelId channel, AuditEntry approval) {
        return approval.place().equals(channel.toString())
                && approval.order().equals(order.text("target", "id"))
                && detail(approval, "to").equals(order.quantity("rate"))
                && detail(approval, "dose").equals(order.quantity("dose").replace("ug/", "mcg/"))
                && detail(approval, "limitSet").equals(order.text("library", "limitSet"))
                && detail(approval, "op").equals(order.text("op"))
                && detail(approval, "volume").equals(order.isBolus() ? order.quantity("volume") : "");
    }

    private static boolean isProgramAsApproved(OrderFacts order, ChannelId channel, AuditEntry approval) {
        return approval.place().equals(channel.toString())
                && detail(approval, "rate").equals(order.quantity("rate"))
                && detail(approval, "volume").equals(order.quantity("vtbi"))
                && detail(approval, "patient").equals(order.text("patient"))
                && detail(approval, "drug").equals(order.text("drug", "name"))
                && detail(approval, "pairing").equals(order.text("pairing", "id"));
    }

    void what_runs_is_what_was_approved(String order, FlowRate rate) {
        if (!known(order).rate().equals(rate)) {
            throw new Broken("what_runs_is_what_was_approved", order + " at " + rate);
        }
    }

    /** Gives whether it was less: then it was broken off. */
    boolean a_bolus_gives_no_more_than_was_approved(PumpEvent.BolusGiven event) {
        var difference = event.volume().compareTo(known(event.orderId()).toInfuse());
        if (difference > 0) {
            throw new Broken("a_bolus_gives_no_more_than_was_approved", event.orderId() + " " + event.volume());
        }
        return difference < 0;
    }

    void one_tap_is_accepted_once(String order, Collection<String> accepted) {
        var tap = known(order).submission();
        if (accepted.stream().anyMatch(other -> known(other).submission().equals(tap))) {
            throw new Broken("one_tap_is_accepted_once", order);
        }
    }

    /** The approval of a change is told in the story of the order that it changes. */
    private static boolean isApprovalOf(String order, AuditEntry entry) {
        var approves = entry.kind() == AuditKind.ORDER_APPROVED || entry.kind() == AuditKind.ORDER_OVERRIDDEN;
        var change = detail(entry, "change");
        return approves && (change.isEmpty() ? entry.order() : change).equals(order);
    }

    private static String detail(AuditEntry entry, String name) {
        return entry.details().members().get(name) instanceof Json.JsonText(var text) ? text : "";
    }

    // Asked by the server's side -----------------------------------------------------------------------------

    /** An order leaves the desk: once, and only when it and its approval are durable. Invariant 5. */
    void sent(SignedOrder order) {
        if (!sent.add(order.id())) {
            throw new Broken("no_order_is_sent_twice", order.id().value());
        }
        noteNewOrders();
        var durable = database.find(order.id())
                .filter(view -> view.signed().equals(order.text()))
                .isPresent();
        if (!durable) {
            throw new Broken("nothing_leaves_before_it_is_durable", order.id().value());
        }
    }

    /** A wish to end something leaves the desk; it need not be durable, because stopping must not wait. Decision 8. */
    void sentEnd(SignedOrder order) {
        pumps.running().sent(order);
    }

    void told(EndForm form, Ended ended) {
        trace.meet("ended " + ended.getClass().getSimpleName());
        pumps.running()
                .the_screen_says_what_became_of_a_stop(
                        form.order().value(),
                        ended,
                        order -> pumps.fate(order)
                                .filter(fate -> fate == Fate.DROPPED)
                                .isPresent(),
                        this::holdsWishAndAnswer);
    }

    private boolean holdsWishAndAnswer(String order) {
        var kinds = database.log().stream()
                .filter(entry -> entry.order().equals(order))
                .map(AuditEntry::kind)
                .collect(Collectors.toSet());
        return kinds.contains(AuditKind.STOP_ASKED) && kinds.contains(AuditKind.STOP_TAKEN);
    }

    void a_lease_number_has_one_owner(PumpSerial pump, Database.Lease lease) {
        var key = lease.fencing() * 1_000 + Math.floorMod(pump.hashCode(), 1_000);
        var first = leaseOwners.putIfAbsent(key, lease.owner());
        if (first != null && !first.equals(lease.owner())) {
            throw new Broken("a_lease_number_has_one_owner", pump + " " + lease);
        }
    }

    /** What a nurse is told of a pump's answer, the pump has said. Invariant 4. */
    void the_screen_says_what_the_pump_said(Outcome outcome) {
        var isTrue = switch (outcome) {
            case Outcome.Accepted(var order) -> pumps.fate(order.id().value()).isPresent();
            case Outcome.Rejected(var order, var code) ->
                pumps.fate(order.id().value()).isEmpty();
            case Outcome.Unconfirmed u -> true;
            case Outcome.SameSubmission s -> true;
            case Outcome.Conflict c -> true;
            case Outcome.Refused r -> true;
            case Outcome.DisplayChanged d -> true;
            case Outcome.PumpNotReady p -> true;
            case Outcome.SecondPersonNeeded s -> true;
            case Outcome.SignInTooOld s -> true;
        };
        if (!isTrue) {
            throw new Broken("the_screen_says_what_the_pump_said", outcome.toString());
        }
    }

    // After each step ----------------------------------------------------------------------------------------

    void hold() {
        if (lastChange == database.changes()) {
            return;
        }
        lastChange = database.changes();
        noteNewOrders();
        doubts.hold();
        for (var order : database.orders()) {
            var before = lastStates.put(order.id(), order.state());
            if (before == null || !before.equals(order.state())) {
                trace.meet("state " + order.state().getClass().getSimpleName());
                every_decision_has_its_entry(order);
                no_answer_is_not_yes(order);
            }
            if (before != null && !before.equals(order.state())) {
                a_final_state_stays(order, before);
            }
        }
        a_channel_has_one_open_order();
        for (var pump : pumps.serials()) {
            records_are_kept_once_and_in_order(pump);
        }
        lastEntry = database.log().size();
    }

    private void noteNewOrders() {
        if (ordersOnRecord.size() < database.orders().size()) {
            for (var order : database.orders()) {
                if (ordersOnRecord.add(order.id())) {
                    approvals.put(order.id().value(), scheduler.now());
                }
            }
        }
    }

    private void every_decision_has_its_entry(OrderView order) {
        var entries = database.log().subList(lastEntry, database.log().size());
        var told = entries.stream()
                .anyMatch(entry -> isApprovalOf(order.id().value(), entry)
                        || (entry.kind() == AuditKind.PUMP_RECORD
                                && entry.order().equals(order.id().value()))
                        || (entry.order().equals(order.story())
                                && detail(entry, "change")
                                        .equals(order.isChange() ? order.id().value() : "")
                                && detail(entry, "to").equals(order.state().word())));
        if (!told && !isEndedByBoot(order, entries)) {
            throw new Broken("every_decision_has_its_entry", order.id() + " " + order.state());
        }
    }

    /** The record of a boot names no order, and ends those on the pump. */
    private static boolean isEndedByBoot(OrderView order, List<AuditEntry> entries) {
        return !order.state().isOpen()
                && entries.stream()
                        .anyMatch(entry -> detail(entry, "event").equals("Booted")
                                && detail(entry, "pump")
                                        .equals(order.channel().pump().value()));
    }

    /** The server says of an order only what the pump did. Invariant 4. */
    private void no_answer_is_not_yes(OrderView order) {
        var fate = pumps.fate(order.id().value());
        var isTrue = switch (order.state()) {
            case OrderState.Approved s -> true;
            case OrderState.Unconfirmed s -> true;
            case OrderState.Waiting s -> fate.isPresent();
            case OrderState.Running s ->
                fate.filter(f -> f != Fate.ACCEPTED).isPresent() && order.op() != OrderOp.TITRATE;
            case OrderState.Complete s -> fate.filter(f -> f == Fate.ENDED).isPresent() && isDone(order);
            case OrderState.Stopped s ->
                fate.filter(f -> f == Fate.ENDED).isPresent()
                        && order.op() != OrderOp.TITRATE
                        && (order.op() != OrderOp.BOLUS || !isDone(order));
            case OrderState.Dropped s ->
                fate.filter(f -> f == Fate.ENDED || f == Fate.DROPPED).isPresent()
                        && !pumps.running().isCarriedOut(order.id().value());
            case OrderState.Rejected s -> fate.isEmpty();
            case OrderState.Expired s -> fate.isEmpty();
        };
        if (!isTrue) {
            throw new Broken("no_answer_is_not_yes", order.id() + " " + order.state() + " but " + fate);
        }
    }

    /** A change of rate once it is confirmed, a bolus once it was given in full. */
    private boolean isDone(OrderView order) {
        return switch (order.op()) {
            case PROGRAM -> true;
            case TITRATE -> pumps.running().isCarriedOut(order.id().value());
            case BOLUS ->
                pumps.boluses()
                        .given(order.id().value())
                        .filter(order.toInfuse()::equals)
                        .isPresent();
        };
    }

    private static void a_final_state_stays(OrderView order, OrderState before) {
        if (!before.isOpen()) {
            throw new Broken("a_final_state_stays", order.id() + " " + before + " then " + order.state());
        }
    }

    private void a_channel_has_one_open_order() {
        var programs = new HashSet<ChannelId>();
        var changes = new HashSet<ChannelId>();
        for (var order : database.orders()) {
            var open = order.isChange() ? changes : programs;
            if (order.state().isOpen() && !open.add(order.channel())) {
                throw new Broken(
                        order.isChange() ? "a_channel_has_one_open_change" : "a_channel_has_one_open_order",
                        order.channel().toString());
            }
        }
    }

    /** What is kept of a pump is the beginning of what it wrote: nothing missing, nothing twice, nothing else. Invariant 5. */
    private void records_are_kept_once_and_in_order(PumpSerial pump) {
        var kept = database.records(pump);
        var written = pumps.written(pump);
        for (int i = lastRecords.getOrDefault(pump, 0); i < kept.size(); i++) {
            if (i >= written.size()
                    || !kept.get(i).signed().equals(written.get(i).signed())) {
                throw new Broken(
                        "records_are_kept_once_and_in_order",
                        pump + " place " + i + " " + kept.get(i).position());
            }
        }
        lastRecords.put(pump, kept.size());
    }

    // At the end, when all has been well for a while ---------------------------------------------------------

    /** Whether nothing is left to wait for. */
    boolean everythingHasEnded() {
        return database.standing().isEmpty()
                && pumps.serials().stream()
                        .allMatch(pump -> database.records(pump).size()
                                == pumps.written(pump).size())
                && database.orders().stream().noneMatch(order -> order.state().isOpen());
    }

    void holdAtLast() {
        for (var pump : pumps.serials()) {
            if (database.records(pump).size() != pumps.written(pump).size()) {
                throw new Broken(
                        "in_the_end_every_record_is_kept",
                        pump + " " + database.records(pump).size() + " of "
                                + pumps.written(pump).size());
            }
        }
        for (var order : database.orders()) {
            if (order.state().isOpen()) {
                throw new Broken("in_the_end_every_order_has_ended", order.id() + " " + order.state());
            }
            no_answer_is_not_yes(order);
        }
    }
}
