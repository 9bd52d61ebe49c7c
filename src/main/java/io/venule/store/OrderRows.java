package io.venule.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.venule.order.OrderId;
import io.venule.order.Orders.Approval;
import io.venule.pump.ChannelId;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The orders, to rows and back. */
@Singleton
final class OrderRows implements PanacheRepositoryBase<OrderRow, String> {
    // Written out and not as parameters: Hibernate makes a query with a list anew each time, and PostgreSQL sees that
    // one
    // of its partial indexes fits.
    private static final String OPEN = "state in ('APPROVED', 'UNCONFIRMED', 'WAITING', 'RUNNING')";
    private static final String EVER_STARTED_OR_MAY = "state not in ('REJECTED', 'EXPIRED', 'DROPPED')";
    private static final String UNANSWERED = "state in ('APPROVED', 'UNCONFIRMED')";

    Optional<OrderRow> bySubmission(String submission) {
        return find("submission", submission).firstResultOptional();
    }

    Optional<OrderRow> openOn(ChannelId channel) {
        return find(
                        "pump = ?1 and channel = ?2 and " + OPEN + " and target = ''",
                        channel.pump().value(),
                        channel.channel())
                .firstResultOptional();
    }

    /** The change of what runs on a channel that is still on its way or waits for START. */
    Optional<OrderRow> changeOn(ChannelId channel) {
        return find(
                        "pump = ?1 and channel = ?2 and " + OPEN + " and target <> ''",
                        channel.pump().value(),
                        channel.channel())
                .firstResultOptional();
    }

    /** Of the changes of an order's rate, the last one that was started. */
    Optional<OrderRow> lastInEffect(OrderId infusion) {
        return find(
                        "target = ?1 and op = 'TITRATE' and state = 'COMPLETE' order by approvedAt desc, id",
                        infusion.value())
                .firstResultOptional();
    }

    Optional<OrderRow> bolusOf(OrderId infusion) {
        return find("target = ?1 and op = 'BOLUS' and state = 'RUNNING'", infusion.value())
                .firstResultOptional();
    }

    /** The order that this very bag is, or was, used for; empty for a bag that cannot be told from its like. */
    Optional<OrderRow> usingBag(Approval approval) {
        return find(
                        "bag = ?1 and bagHasSerial and " + EVER_STARTED_OR_MAY,
                        approval.paired().bagIdentity())
                .firstResultOptional();
    }

    /** The order of the same pairing: a pairing is used once. */
    Optional<OrderRow> ofPairing(Approval approval) {
        return find("pairing", approval.paired().id().value()).firstResultOptional();
    }

    /** Locks the row until the transaction ends. */
    Optional<OrderRow> locked(OrderId id) {
        return find("id", id.value()).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
    }

    /** Locks those of a pump, always in the same order, so that no two transactions wait for each other. */
    List<OrderRow> lockedOf(String pump, Set<String> ids) {
        return find("pump = ?1 and id in ?2 order by id", pump, ids)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** The same, and whatever else is open on that pump. */
    List<OrderRow> lockedOrOpenOf(String pump, Set<String> ids) {
        return find("pump = ?1 and (id in ?2 or " + OPEN + ") order by id", pump, ids)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    List<OrderRow> unanswered(int atMost) {
        return find(UNANSWERED + " order by approvedAt, id").page(0, atMost).list();
    }

    List<OrderRow> latest(int atMost) {
        return find("order by approvedAt desc, id").page(0, atMost).list();
    }
}
