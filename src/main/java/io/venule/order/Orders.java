package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.TreeHead;
import io.venule.pairing.Paired;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The durable record of orders. Each method is one transaction together with its audit entry: both are durable, or neither. */
public interface Orders {
    /**
     * Records an approved order. Appends {@code entry} to the audit log, gives the tree that contains it to {@code sign}, appends what
     * that returns right behind it, and keeps it, all before anything leaves. Returns the earlier order where the submission or the channel is taken.
     */
    Kept keep(Approval approval, AuditEntry entry, Function<TreeHead, SignedOrder> sign);

    /** What an approval needs on record beside its signed text. */
    record Approval(OrderView order, Paired paired) {}

    /** What came of {@link #keep}. */
    sealed interface Kept {
        record New(SignedOrder order) implements Kept {}

        /** The same tap again. */
        record SameSubmission(OrderView order) implements Kept {}

        /** Another order is open on the channel, or this very bag is in use. */
        record Conflict(OrderView order) implements Kept {}
    }

    /** Moves an order, unless it has left {@code from} meanwhile; returns the order as it then is. */
    OrderView move(OrderId id, OrderState from, OrderState to, AuditEntry entry);

    Optional<OrderView> find(OrderId id);

    Optional<OrderView> bySubmission(String submission);

    /** Orders still unanswered: approved or unconfirmed; at most 500, oldest first. */
    List<OrderView> unanswered();

    /** The newest orders, newest first. */
    List<OrderView> latest(int atMost);
}
