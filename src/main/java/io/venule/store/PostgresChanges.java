package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.audit.TreeHead;
import io.venule.order.Changes;
import io.venule.order.OrderId;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Orders.Kept;
import io.venule.order.SignedOrder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@link Changes} in PostgreSQL. The target's row is locked, so that two changes, or a change and an end, come one after the other. */
@Singleton
final class PostgresChanges implements Changes {
    private final Transactions transactions;
    private final AuditAppender log;
    private final OrderRows orders;
    private final LogSoundness soundness;

    PostgresChanges(Transactions transactions, AuditAppender log, OrderRows orders, LogSoundness soundness) {
        this.transactions = transactions;
        this.log = log;
        this.orders = orders;
        this.soundness = soundness;
    }

    @Override
    public Kept keep(OrderView change, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
        soundness.requireForOrders();
        return transactions.inOne(() -> {
            var target = orders.locked(new OrderId(change.target()))
                    .orElseThrow(() -> new IllegalArgumentException("no such order: " + change.target()));
            return earlier(change, target).orElseGet(() -> insert(change, target, entry, sign));
        });
    }

    @Override
    public Optional<OrderView> inEffect(OrderId infusion) {
        return transactions.inOne(() -> orders.lastInEffect(infusion).map(OrderRow::view));
    }

    @Override
    public Optional<OrderView> bolusOf(OrderId infusion) {
        return transactions.inOne(() -> orders.bolusOf(infusion).map(OrderRow::view));
    }

    private Optional<Kept> earlier(OrderView change, OrderRow target) {
        var same = orders.bySubmission(change.submission());
        if (same.isPresent()) {
            return same.map(row -> new Kept.SameSubmission(row.view()));
        }
        if (!(target.state() instanceof OrderState.Running)) {
            return Optional.of(new Kept.Conflict(target.view()));
        }
        return orders.changeOn(change.channel()).map(row -> new Kept.Conflict(row.view()));
    }

    private Kept insert(OrderView change, OrderRow target, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
        var signed = sign.apply(log.append(List.of(entry)));
        if (!signed.id().equals(change.id())) {
            throw new IllegalArgumentException("the signed text is of another order");
        }
        log.append(List.of(signed.entry(entry)));
        orders.persistAndFlush(OrderRow.ofChange(change, target.patient, signed.text()));
        return new Kept.New(signed);
    }
}
