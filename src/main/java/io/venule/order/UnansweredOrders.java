package io.venule.order;

import io.venule.pump.Receipt;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Ends what went unanswered: asks the pump whether it saw the order. Only the pump's word ends {@code Unconfirmed}. An order that the pump
 * says it never saw is expired once it is void: by then its nonce is dead too, so that a late copy cannot be taken either.
 */
public final class UnansweredOrders {
    /** Younger orders are left to the call that is sending them. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final Orders orders;
    private final PumpLink link;
    private final InstantSource clock;

    public UnansweredOrders(Orders orders, PumpLink link, InstantSource clock) {
        this.orders = orders;
        this.link = link;
        this.clock = clock;
    }

    /** One round; called every few seconds. */
    public void settle() {
        orders.unanswered(clock.instant().minus(GRACE)).forEach(this::settle);
    }

    private void settle(OrderView order) {
        switch (link.readBack(order.channel(), order.id())) {
            case PumpLink.ReadBack.Known(var receipt) -> answered(order, receipt);
            case PumpLink.ReadBack.NeverSeen() -> neverSeen(order);
            case PumpLink.ReadBack.NotReachable(var reason) -> unreachable(order, reason);
        }
    }

    private void answered(OrderView order, Receipt receipt) {
        switch (order.state()) {
            case OrderState.Approved approved -> move(order, approved.answered(receipt.answer()), receipt.signed());
            case OrderState.Unconfirmed unconfirmed ->
                move(order, unconfirmed.answered(receipt.answer()), receipt.signed());
            case OrderState.Waiting s -> {}
            case OrderState.Running s -> {}
            case OrderState.Complete s -> {}
            case OrderState.Stopped s -> {}
            case OrderState.Dropped s -> {}
            case OrderState.Rejected s -> {}
            case OrderState.Expired s -> {}
        }
    }

    private void neverSeen(OrderView order) {
        var now = clock.instant();
        if (order.state() instanceof OrderState.Approved approved) {
            move(order, approved.unanswered(now), "no answer");
        } else if (order.state() instanceof OrderState.Unconfirmed unconfirmed && !now.isBefore(order.expiresAt())) {
            move(order, unconfirmed.neverArrived(), "the pump never saw it");
        }
    }

    private void unreachable(OrderView order, String reason) {
        if (order.state() instanceof OrderState.Approved approved) {
            move(order, approved.unanswered(clock.instant()), reason);
        }
    }

    private void move(OrderView order, OrderState to, String evidence) {
        orders.move(order.id(), order.state(), to, OrderEntries.moved(order, to, evidence, clock.instant()));
    }
}
