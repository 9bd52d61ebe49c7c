package io.venule.order;

import io.venule.pump.Receipt;
import java.time.InstantSource;

/** Hands a recorded order to its pump, once, and records what came of it. */
final class Handover {
    private final Orders orders;
    private final PumpLink link;
    private final InstantSource clock;

    Handover(Orders orders, PumpLink link, InstantSource clock) {
        this.orders = orders;
        this.link = link;
        this.clock = clock;
    }

    Outcome deliver(SignedOrder order, OrderView view) {
        var approved = new OrderState.Approved();
        return switch (link.deliver(order)) {
            case PumpLink.Delivery.Unconfirmed(var reason) -> {
                var moved = move(view, approved, approved.unanswered(clock.instant()), reason);
                yield moved.state() instanceof OrderState.Unconfirmed
                        ? new Outcome.Unconfirmed(moved)
                        : outcomeOf(moved);
            }
            case PumpLink.Delivery.Answered(var receipt) ->
                outcomeOf(move(view, approved, approved.answered(receipt.answer()), receipt.signed()));
        };
    }

    /** The pump may have been faster with its records than with its receipt: what is on record decides. */
    private static Outcome outcomeOf(OrderView order) {
        return switch (order.state()) {
            case OrderState.Rejected(Receipt.Rejection code) -> new Outcome.Rejected(order, code);
            case OrderState.Unconfirmed u -> new Outcome.Unconfirmed(order);
            case OrderState.Approved a -> new Outcome.Unconfirmed(order);
            case OrderState.Waiting w -> new Outcome.Accepted(order);
            case OrderState.Running r -> new Outcome.Accepted(order);
            case OrderState.Complete c -> new Outcome.Accepted(order);
            case OrderState.Stopped s -> new Outcome.Accepted(order);
            case OrderState.Dropped d -> new Outcome.Accepted(order);
            case OrderState.Expired e -> new Outcome.Unconfirmed(order);
        };
    }

    private OrderView move(OrderView order, OrderState from, OrderState to, String evidenceText) {
        return orders.move(order.id(), from, to, OrderEntries.moved(order, to, evidenceText, clock.instant()));
    }
}
