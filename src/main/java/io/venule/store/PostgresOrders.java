package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.audit.TreeHead;
import io.venule.order.OrderId;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Orders;
import io.venule.order.SignedOrder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;

/** {@link Orders} in PostgreSQL. Who comes second finds a unique index in the way, and is told who came first. */
@Singleton
final class PostgresOrders implements Orders {
    private static final int MAX_UNANSWERED = 500;
    /** An order in the way may be over by the time it is looked for; then the place is free and it is tried again, but not for ever. */
    private static final int MAX_ATTEMPTS = 5;

    private final Transactions transactions;
    private final AuditAppender log;
    private final OrderRows orders;
    private final OrderStatements statements;
    private final PatientRows patients;
    private final LogSoundness soundness;

    PostgresOrders(
            Transactions transactions,
            AuditAppender log,
            OrderRows orders,
            OrderStatements statements,
            PatientRows patients,
            LogSoundness soundness) {
        this.transactions = transactions;
        this.soundness = soundness;
        this.log = log;
        this.orders = orders;
        this.statements = statements;
        this.patients = patients;
    }

    @Override
    public Kept keep(Approval approval, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
        soundness.requireForOrders();
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return transactions.inOne(() -> insert(approval, entry, sign));
            } catch (ConstraintViolationException e) {
                // Something stands in the way, and this transaction is rolled back: only now is it worth a look.
                var earlier = transactions.inOne(() -> earlier(approval));
                if (earlier.isPresent()) {
                    return earlier.get();
                }
            }
        }
        return transactions.inOne(() -> insert(approval, entry, sign));
    }

    private Optional<Kept> earlier(Approval approval) {
        var same = orders.bySubmission(approval.order().submission());
        if (same.isPresent()) {
            return same.map(row -> new Kept.SameSubmission(row.view()));
        }
        return orders.openOn(approval.order().channel())
                .or(() -> orders.usingBag(approval))
                .or(() -> orders.ofPairing(approval))
                .map(row -> new Kept.Conflict(row.view()));
    }

    private Kept insert(Approval approval, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
        var signed = sign.apply(log.append(List.of(entry)));
        if (!signed.id().equals(approval.order().id())) {
            throw new IllegalArgumentException("the signed text is of another order");
        }
        log.append(List.of(signed.entry(entry)));
        var patient = patients.rowId(approval.paired().patient().id());
        orders.persistAndFlush(new OrderRow(approval, patient, signed.text()));
        return new Kept.New(signed);
    }

    @Override
    public OrderView move(OrderId id, OrderState from, OrderState to, AuditEntry entry) {
        return transactions.inOne(() -> {
            if (statements.move(id, from, to)) {
                log.append(List.of(entry));
            }
            return orders.findByIdOptional(id.value())
                    .orElseThrow(() -> new IllegalArgumentException("no such order: " + id))
                    .view();
        });
    }

    @Override
    public Optional<OrderView> find(OrderId id) {
        return transactions.inOne(() -> orders.findByIdOptional(id.value()).map(OrderRow::view));
    }

    @Override
    public Optional<OrderView> bySubmission(String submission) {
        return transactions.reading(() -> statements
                .bySubmission(submission)
                .flatMap(orders::findByIdOptional)
                .map(OrderRow::view));
    }

    @Override
    public List<OrderView> unanswered() {
        return transactions.inOne(() ->
                orders.unanswered(MAX_UNANSWERED).stream().map(OrderRow::view).toList());
    }

    @Override
    public List<OrderView> latest(int atMost) {
        return transactions.inOne(
                () -> orders.latest(atMost).stream().map(OrderRow::view).toList());
    }
}
