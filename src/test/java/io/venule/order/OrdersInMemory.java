package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.DetailSchema;
import io.venule.audit.TreeHead;
import io.venule.signing.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Orders and log in memory, under the rules of the real store: one order per tap, one open order per channel, each bag once, a move only
 * from the state it left, and every change with its entry or not at all.
 */
final class OrdersInMemory implements Orders, Changes, FirstChecks, AuditTrail {
    private final Map<OrderId, OrderView> orders = new LinkedHashMap<>();
    private final Map<OrderId, String> bags = new LinkedHashMap<>();
    private final Map<String, FirstCheck> checks = new LinkedHashMap<>();
    private final List<AuditEntry> log = new ArrayList<>();

    List<AuditEntry> log() {
        return List.copyOf(log);
    }

    List<OrderView> all() {
        return List.copyOf(orders.values());
    }

    boolean bagUsed(String identity) {
        return orders.values().stream().anyMatch(order -> holds(order, identity));
    }

    /** An order that never started frees its bag. */
    private boolean holds(OrderView order, String identity) {
        var isFree = order.state() instanceof OrderState.Rejected
                || order.state() instanceof OrderState.Expired
                || order.state() instanceof OrderState.Dropped;
        return !isFree && identity.equals(bags.get(order.id()));
    }

    @Override
    public Kept keep(Approval approval, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
        var order = approval.order();
        var earlier = bySubmission(order.submission());
        if (earlier.isPresent()) {
            return new Kept.SameSubmission(earlier.get());
        }
        var other = orders.values().stream()
                .filter(known -> (known.state().isOpen()
                                && !known.isChange()
                                && known.channel().equals(order.channel()))
                        || holds(known, approval.paired().bagIdentity()))
                .findFirst();
        if (other.isPresent()) {
            return new Kept.Conflict(other.get());
        }
        var signed = sign.apply(new TreeHead(log.size() + 1L, Digest.NONE));
        record(entry);
        record(signed.entry(entry));
        orders.put(order.id(), with(order, order.state(), signed.text()));
        bags.put(order.id(), approval.paired().bagIdentity());
        return new Kept.New(signed);
    }

    @Override
    public Kept keep(OrderView change, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
        var earlier = bySubmission(change.submission());
        if (earlier.isPresent()) {
            return new Kept.SameSubmission(earlier.get());
        }
        var target = find(new OrderId(change.target())).orElseThrow();
        if (!(target.state() instanceof OrderState.Running)) {
            return new Kept.Conflict(target);
        }
        var other = orders.values().stream()
                .filter(known -> known.isChange() && known.state().isOpen())
                .findFirst();
        if (other.isPresent()) {
            return new Kept.Conflict(other.get());
        }
        var signed = sign.apply(new TreeHead(log.size() + 1L, Digest.NONE));
        record(entry);
        record(signed.entry(entry));
        orders.put(change.id(), with(change, change.state(), signed.text()));
        return new Kept.New(signed);
    }

    @Override
    public void keep(FirstCheck check, AuditEntry entry) {
        record(entry);
        checks.put(check.displayed(), check);
    }

    @Override
    public Optional<FirstCheck> of(String displayed) {
        return Optional.ofNullable(checks.get(displayed));
    }

    @Override
    public boolean use(FirstCheck check) {
        return checks.remove(check.displayed(), check);
    }

    @Override
    public Optional<OrderView> bolusOf(OrderId infusion) {
        return orders.values().stream()
                .filter(order -> order.target().equals(infusion.value()))
                .filter(order -> order.op() == OrderOp.BOLUS && order.state() instanceof OrderState.Running)
                .findFirst();
    }

    @Override
    public Optional<OrderView> inEffect(OrderId infusion) {
        return orders.values().stream()
                .filter(order -> order.target().equals(infusion.value()))
                .filter(order -> order.op() == OrderOp.TITRATE)
                .filter(order -> order.state() instanceof OrderState.Complete)
                .max(Comparator.comparing(OrderView::approvedAt));
    }

    @Override
    public OrderView move(OrderId id, OrderState from, OrderState to, AuditEntry entry) {
        var order = find(id).orElseThrow();
        if (!order.state().equals(from)) {
            return order;
        }
        var moved = with(order, to, order.signed());
        orders.put(id, moved);
        record(entry);
        return moved;
    }

    @Override
    public Optional<OrderView> find(OrderId id) {
        return Optional.ofNullable(orders.get(id));
    }

    @Override
    public Optional<OrderView> bySubmission(String submission) {
        return orders.values().stream()
                .filter(order -> order.submission().equals(submission))
                .findFirst();
    }

    @Override
    public List<OrderView> unanswered() {
        return orders.values().stream()
                .filter(order ->
                        order.state() instanceof OrderState.Approved || order.state() instanceof OrderState.Unconfirmed)
                .sorted(Comparator.comparing(OrderView::approvedAt))
                .toList();
    }

    @Override
    public List<OrderView> latest(int atMost) {
        return all().reversed().stream().limit(atMost).toList();
    }

    @Override
    public void append(AuditEntry entry) {
        record(entry);
    }

    /** Held to the schema, as the real log does. */
    private void record(AuditEntry entry) {
        DetailSchema.fault(entry).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
        log.add(entry);
    }

    static OrderView with(OrderView order, OrderState state, String signed) {
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
