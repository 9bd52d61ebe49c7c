package io.venule.order;

import io.venule.pump.Receipt;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Ends what went unanswered: asks the pump whether it saw the order. Only the pump's word ends {@code Unconfirmed}. An order that the pump
 * says it never saw is expired once it cannot be taken any more. That is counted in time that nobody can set: by a wall clock that jumps, an
 * order would be declared void that the pump may still take, or be waited for until next year.
 */
public final class UnansweredOrders {
    /** Orders known for less are left to the call that is sending them. */
    private static final Duration GRACE = Duration.ofSeconds(8);
    /** An order's whole life; by then its nonce, which lives half as long, is dead too. Source: pump contract, "Order". */
    private static final Duration VOID = OrderSigner.LIFETIME;

    private final Orders orders;
    private final PumpLink link;
    private final InstantSource clock;
    private final Supplier<Duration> uptime;
    private final Map<OrderId, Duration> firstSeen = new HashMap<>();

    /** @param uptime time since some fixed moment; goes on evenly and is never set */
    public UnansweredOrders(Orders orders, PumpLink link, InstantSource clock, Supplier<Duration> uptime) {
        this.orders = orders;
        this.link = link;
        this.clock = clock;
        this.uptime = uptime;
    }

    /** One round; called every few seconds, one at a time. */
    public void settle() {
        var unanswered = orders.unanswered();
        firstSeen.keySet().retainAll(unanswered.stream().map(OrderView::id).collect(Collectors.toSet()));
        unanswered.forEach(order -> firstSeen.putIfAbsent(order.id(), uptime.get()));
        unanswered.stream().filter(order -> isKnownFor(order, GRACE)).forEach(this::settle);
    }

    private boolean isKnownFor(OrderView order, Duration least) {
        var since = firstSeen.get(order.id());
        return since != null && uptime.get().minus(since).compareTo(least) >= 0;
    }

    private void settle(OrderView order) {
        // Looked at before the pump is asked: what it says then holds from then on.
        var isVoid = isKnownFor(order, VOID);
        switch (link.readBack(order.channel(), order.id())) {
            case PumpLink.ReadBack.Known(var receipt) -> answered(order, receipt);
            case PumpLink.ReadBack.NeverSeen() -> neverSeen(order, isVoid);
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

    private void neverSeen(OrderView order, boolean isVoid) {
        if (order.state() instanceof OrderState.Approved approved) {
            move(order, approved.unanswered(clock.instant()), "no answer");
        } else if (order.state() instanceof OrderState.Unconfirmed unconfirmed && isVoid) {
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
