package io.venule.simulation;

import io.venule.audit.AuditEntry;
import io.venule.audit.TreeHead;
import io.venule.order.AuditTrail;
import io.venule.order.Changes;
import io.venule.order.OrderId;
import io.venule.order.OrderOp;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Orders;
import io.venule.order.PumpRecords;
import io.venule.order.Quarantines;
import io.venule.order.RecordUnavailable;
import io.venule.order.SignedOrder;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.pump.RecordHead;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One process's connection to the database. Before and after each transaction the process may die or freeze; a transaction may fail, or
 * succeed without the process hearing of it.
 */
final class StoreClient implements Orders, Changes, AuditTrail, PumpRecords, Quarantines {
    private final Database database;
    private final Replica process;
    private final Weather weather;
    private final Trace trace;

    StoreClient(Database database, Replica process, Weather weather, Trace trace) {
        this.database = database;
        this.process = process;
        this.weather = weather;
        this.trace = trace;
    }

    /** One transaction that changes something. */
    <T> T change(String what, Supplier<T> work) {
        process.step("before " + what);
        if (weather.failsTransaction()) {
            trace.say(process.name() + " " + what + " rolled back");
            throw unavailable();
        }
        var result = work.get();
        if (weather.failsTransaction()) {
            trace.say(process.name() + " " + what + " done, but the connection broke");
            throw unavailable();
        }
        trace.say(process.name() + " " + what);
        process.step("after " + what);
        return result;
    }

    <T> T look(String what, Supplier<T> work) {
        var result = work.get();
        process.step("after " + what);
        return result;
    }

    private static RecordUnavailable unavailable() {
        return new RecordUnavailable(new IllegalStateException("simulated"));
    }

    @Override
    public Kept keep(Approval approval, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
        var order = approval.order();
        process.standStill(weather.stall());
        return change("keeps order " + order.id() + " on " + order.channel(), () -> {
            var kept = database.keep(approval, entry, sign);
            trace.say("kept " + kept.getClass().getSimpleName());
            return kept;
        });
    }

    @Override
    public Kept keep(OrderView order, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
        return change("keeps change " + order.id() + " of " + order.target(), () -> {
            var kept = database.keepChange(order, entry, sign);
            trace.say("kept " + kept.getClass().getSimpleName());
            return kept;
        });
    }

    @Override
    public OrderView move(OrderId id, OrderState from, OrderState to, AuditEntry entry) {
        return change("moves order " + id + " to " + to.word(), () -> database.move(id, from, to, entry));
    }

    @Override
    public Optional<OrderView> find(OrderId id) {
        return database.find(id);
    }

    @Override
    public Optional<OrderView> bySubmission(String submission) {
        return database.bySubmission(submission);
    }

    @Override
    public Optional<OrderView> bolusOf(OrderId infusion) {
        return database.orders().stream()
                .filter(order -> order.target().equals(infusion.value()))
                .filter(order -> order.op() == OrderOp.BOLUS && order.state() instanceof OrderState.Running)
                .findFirst();
    }

    @Override
    public Optional<OrderView> inEffect(OrderId infusion) {
        return database.orders().stream()
                .filter(order -> order.target().equals(infusion.value()))
                .filter(order -> order.op() == OrderOp.TITRATE)
                .filter(order -> order.state() instanceof OrderState.Complete)
                .max(Comparator.comparing(OrderView::approvedAt));
    }

    @Override
    public List<OrderView> unanswered() {
        return database.orders().stream()
                .filter(order ->
                        order.state() instanceof OrderState.Approved || order.state() instanceof OrderState.Unconfirmed)
                .sorted(Comparator.comparing(OrderView::approvedAt))
                .toList();
    }

    @Override
    public List<OrderView> latest(int atMost) {
        return database.orders().reversed().stream().limit(atMost).toList();
    }

    @Override
    public void append(AuditEntry entry) {
        change("notes " + entry.kind(), () -> {
            database.append(List.of(entry));
            return entry;
        });
    }

    @Override
    public Map<PumpSerial, Quarantine> standing() {
        return look("which pumps are out of use", database::standing);
    }

    @Override
    public void impose(Quarantine quarantine, AuditEntry entry) {
        change("keeps the quarantine of " + quarantine.pump(), () -> {
            database.impose(quarantine, entry);
            return entry;
        });
    }

    @Override
    public boolean lift(PumpSerial pump, Function<Quarantine, AuditEntry> entry) {
        return change("lifts the quarantine of " + pump, () -> database.lift(pump, entry));
    }

    @Override
    public Optional<RecordHead> head(PumpSerial pump) {
        return look("the head of " + pump, () -> database.recordHead(pump));
    }

    @Override
    public boolean knows(PumpSerial pump, String epoch) {
        return look(
                "whether an epoch of " + pump + " is known",
                () -> database.records(pump).stream()
                        .anyMatch(record -> record.position().epoch().equals(epoch)));
    }

    @Override
    public boolean keep(PumpSerial pump, Optional<RecordHead> expected, List<Logged> records) {
        return change(
                "keeps " + records.size() + " records of " + pump, () -> database.keepRecords(pump, expected, records));
    }
}
