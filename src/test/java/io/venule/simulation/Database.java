package io.venule.simulation;

import io.venule.audit.AuditEntry;
import io.venule.audit.Frontier;
import io.venule.audit.TreeHead;
import io.venule.order.OrderId;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Orders.Approval;
import io.venule.order.Orders.Kept;
import io.venule.order.PumpRecords.Logged;
import io.venule.order.SignedOrder;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.pump.RecordHead;
import io.venule.pump.RecordPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The shared database, under the rules of the real one: one order per tap and pairing, one open order per channel, each bag once, a move
 * only from the state it left, a record only behind the head and never twice. Each method is one transaction: it happens whole, or throws
 * and has changed nothing.
 */
final class Database {
    private final Map<OrderId, Row> orders = new LinkedHashMap<>();
    private final List<AuditEntry> log = new ArrayList<>();
    private final List<TreeHead> heads = new ArrayList<>(List.of(TreeHead.EMPTY));
    private final Map<PumpSerial, List<PumpRecord>> records = new LinkedHashMap<>();
    private final Map<PumpSerial, RecordHead> recordHeads = new HashMap<>();
    private final Map<PumpSerial, Set<RecordPosition>> positions = new HashMap<>();
    private final Map<PumpSerial, Lease> leases = new HashMap<>();
    private final Map<PumpSerial, Quarantine> quarantines = new LinkedHashMap<>();
    private final Parts parts;
    private Frontier frontier = Frontier.EMPTY;
    private long changes;

    private record Row(OrderView order, String bag, String pairing) {
        boolean neverStarted() {
            return order.state() instanceof OrderState.Rejected
                    || order.state() instanceof OrderState.Expired
                    || order.state() instanceof OrderState.Dropped;
        }
    }

    /** Who holds a pump's session, under which number, until when. */
    record Lease(String owner, long fencing, long until) {}

    Database(Parts parts) {
        this.parts = parts;
    }

    // Reading ------------------------------------------------------------------------------------------------

    List<OrderView> orders() {
        return orders.values().stream().map(Row::order).toList();
    }

    Optional<OrderView> find(OrderId id) {
        return Optional.ofNullable(orders.get(id)).map(Row::order);
    }

    Optional<OrderView> bySubmission(String submission) {
        return orders().stream()
                .filter(order -> order.submission().equals(submission))
                .filter(order -> !parts.forgetsTaps())
                .findFirst();
    }

    Optional<OrderView> openOn(ChannelId channel) {
        return orders().stream()
                .filter(order -> isOpenProgramOn(channel, order))
                .findFirst();
    }

    private static boolean isOpenProgramOn(ChannelId channel, OrderView order) {
        return order.channel().equals(channel) && order.state().isOpen() && !order.isChange();
    }

    boolean bagUsed(String identity) {
        return orders.values().stream().anyMatch(row -> row.bag().equals(identity) && !row.neverStarted());
    }

    /** Rises with every change; equal numbers, equal content. */
    long changes() {
        return changes;
    }

    List<AuditEntry> log() {
        return log;
    }

    /** The log's head when it held so many entries; empty for a size it never had. */
    Optional<TreeHead> head(long size) {
        return size >= 0 && size < heads.size() ? Optional.of(heads.get((int) size)) : Optional.empty();
    }

    List<PumpRecord> records(PumpSerial pump) {
        return records.getOrDefault(pump, List.of());
    }

    Optional<RecordHead> recordHead(PumpSerial pump) {
        return Optional.ofNullable(recordHeads.get(pump));
    }

    Optional<Lease> lease(PumpSerial pump) {
        return Optional.ofNullable(leases.get(pump));
    }

    Map<PumpSerial, Quarantine> standing() {
        return new LinkedHashMap<>(quarantines);
    }

    // Transactions -------------------------------------------------------------------------------------------

    Kept keep(Approval approval, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
        var order = approval.order();
        var same = bySubmission(order.submission());
        if (same.isPresent()) {
            return new Kept.SameSubmission(same.get());
        }
        var bag = approval.paired().bagIdentity();
        var pairing = approval.paired().id().value();
        var inTheWay = orders.values().stream()
                .filter(row -> isOpenProgramOn(order.channel(), row.order())
                        || (row.bag().equals(bag) && !row.neverStarted())
                        || row.pairing().equals(pairing))
                .findFirst();
        if (inTheWay.isPresent()) {
            return new Kept.Conflict(inTheWay.get().order());
        }
        append(List.of(entry));
        var signed = sign.apply(heads.getLast());
        append(List.of(signed.entry(entry)));
        orders.put(order.id(), new Row(with(order, order.state(), signed.text()), bag, pairing));
        return new Kept.New(signed);
    }

    /** A change of what runs, while it runs and nothing else changes it. */
    Kept keepChange(OrderView change, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
        var same = bySubmission(change.submission());
        if (same.isPresent()) {
            return new Kept.SameSubmission(same.get());
        }
        var target = find(new OrderId(change.target())).orElseThrow();
        if (!(target.state() instanceof OrderState.Running)) {
            return new Kept.Conflict(target);
        }
        var other = orders().stream()
                .filter(order -> order.isChange()
                        && order.state().isOpen()
                        && order.channel().equals(change.channel()))
                .filter(order -> !parts.letsChangesMeet())
                .findFirst();
        if (other.isPresent()) {
            return new Kept.Conflict(other.get());
        }
        append(List.of(entry));
        var signed = sign.apply(heads.getLast());
        append(List.of(signed.entry(entry)));
        orders.put(change.id(), new Row(with(change, change.state(), signed.text()), "", ""));
        return new Kept.New(signed);
    }

    OrderView move(OrderId id, OrderState from, OrderState to, AuditEntry entry) {
        var row = orders.get(id);
        if (row == null) {
            throw new IllegalArgumentException("no such order: " + id);
        }
        if (row.order().state().equals(from)) {
            put(row, to);
            append(List.of(entry));
        }
        return find(id).orElseThrow();
    }

    void append(List<AuditEntry> entries) {
        changes++;
        for (var entry : parts.recorded(entries)) {
            log.add(entry);
            frontier = frontier.append(entry.leafHash());
            heads.add(frontier.head());
        }
    }

    boolean keepRecords(PumpSerial pump, Optional<RecordHead> expected, List<Logged> logged) {
        if (!recordHead(pump).equals(expected)) {
            return false;
        }
        var known = positions.computeIfAbsent(pump, any -> new HashSet<>());
        for (var one : logged) {
            if (known.contains(one.record().position())) {
                throw new IllegalStateException(
                        "record kept already: " + one.record().position());
            }
        }
        addRecords(pump, logged);
        return true;
    }

    /** Adds records wherever the head is; the rules are the caller's. */
    void addRecords(PumpSerial pump, List<Logged> logged) {
        changes++;
        var all = records.computeIfAbsent(pump, any -> new ArrayList<>());
        var known = positions.computeIfAbsent(pump, any -> new HashSet<>());
        for (var one : logged) {
            var record = one.record();
            all.add(record);
            known.add(record.position());
            recordHeads.put(pump, new RecordHead(record.position(), record.hash()));
            moveOrders(record);
        }
        append(logged.stream().map(Logged::entry).toList());
    }

    private void moveOrders(PumpRecord record) {
        if (record.event() instanceof PumpEvent.Booted) {
            List.copyOf(orders.values()).stream()
                    .filter(row -> row.order().channel().pump().equals(record.pump()))
                    .forEach(row -> put(row, parts.after(row.order(), record.event())));
        }
        if (record.event() instanceof PumpEvent.OfOrder event
                && !event.orderId().isEmpty()) {
            var row = orders.get(new OrderId(event.orderId()));
            if (row != null && row.order().channel().equals(new ChannelId(record.pump(), event.channel()))) {
                put(row, parts.after(row.order(), event));
            }
        }
    }

    void impose(Quarantine quarantine, AuditEntry entry) {
        if (quarantines.putIfAbsent(quarantine.pump(), quarantine) == null) {
            append(List.of(entry));
        }
    }

    boolean lift(PumpSerial pump, Function<Quarantine, AuditEntry> entry) {
        var was = Optional.ofNullable(quarantines.remove(pump));
        was.ifPresent(lifted -> append(List.of(entry.apply(lifted))));
        return was.isPresent();
    }

    /** Gives the lease to the asker if it is free, or prolongs it where the asker has it. */
    Lease claim(PumpSerial pump, String asker, long now, long millis) {
        var held = lease(pump);
        if (held.isPresent() && now < held.get().until() && !held.get().owner().equals(asker)) {
            return held.get();
        }
        var goesOn = held.filter(lease -> lease.owner().equals(asker) && now < lease.until());
        var number = goesOn.map(Lease::fencing)
                .orElseGet(() -> parts.nextFencing(held.map(Lease::fencing).orElse(0L)));
        var lease = new Lease(asker, number, now + millis);
        leases.put(pump, lease);
        return lease;
    }

    private void put(Row row, OrderState to) {
        changes++;
        var order = row.order();
        orders.put(order.id(), new Row(with(order, to, order.signed()), row.bag(), row.pairing()));
    }

    private static OrderView with(OrderView order, OrderState state, String signed) {
        return new OrderView(
                order.id(),
                order.submission(),
                state,
                order.prescription(),
                order.channel(),
                order.patientHash(),
                order.drug(),
                order.dose(),
                order.rate(),
                order.toInfuse(),
                order.override(),
                order.nurse(),
                order.nurseName(),
                order.approvedAt(),
                order.expiresAt(),
                signed,
                order.op(),
                order.target());
    }
}
