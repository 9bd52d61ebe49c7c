package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.TreeHead;
import java.util.Optional;
import java.util.function.Function;

/** The durable record of changes to running orders; each is an order of its own that names the one it changes. */
public interface Changes {
    /**
     * Records an approved change while its target still runs and no other change of it is open. Otherwise as {@link Orders#keep}: the
     * entry, then {@code sign} for the tree that holds it, then the order, in one transaction.
     */
    Orders.Kept keep(OrderView change, AuditEntry entry, Function<TreeHead, SignedOrder> sign);

    /** The bolus that the pump gives from this infusion at the moment. */
    Optional<OrderView> bolusOf(OrderId infusion);

    /** The last change of rate of this infusion that a person at the pump has started; empty while the infusion is as it was programmed. */
    Optional<OrderView> inEffect(OrderId infusion);
}
