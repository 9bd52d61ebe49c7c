package io.venule.messaging;

import io.smallrye.common.annotation.Identifier;
import io.venule.order.OrderId;
import io.venule.order.PumpLink;
import io.venule.order.SignedOrder;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.Receipt;
import io.venule.quantity.FlowRate;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands where the sessions with pumps are: accepts what reaches it and remembers it; a pump whose serial ends in SILENT never answers, one
 * in SLOW when it is told to go on. */
@Alternative
@Singleton
@Identifier(OrderGateway.LOCAL)
final class RecordingPump implements PumpLink {
    private final List<SignedOrder> delivered = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();

    List<SignedOrder> delivered() {
        return List.copyOf(delivered);
    }

    /** The most calls that were in progress at one time. */
    int mostInside() {
        return mostInside.get();
    }

    @Override
    public Readiness challenge(ChannelId channel) {
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            return new Readiness.Ready(
                    new Challenge(
                            channel,
                            "0123456789abcdef0123456789abcdef",
                            "fedcba9876543210fedcba9876543210",
                            ChannelState.IDLE,
                            7,
                            FlowRate.ofMillilitresPerHour("13.1"),
                            "0".repeat(64),
                            3,
                            "1".repeat(64),
                            new Challenge.PumpLibrary(0, "")),
                    11);
        } finally {
            inside.decrementAndGet();
        }
    }

    @Override
    public Delivery deliver(SignedOrder order) {
        delivered.add(order);
        if (order.channel().pump().value().endsWith("SILENT")) {
            waitFor(new CountDownLatch(1));
        }
        if (order.channel().pump().value().endsWith("SLOW")) {
            waitFor(slow);
        }
        return new Delivery.Answered(receipt(order.channel(), order.id(), new Receipt.Answer.Accepted()));
    }

    /** Lets those go on that are slow. */
    void goOn() {
        slow.countDown();
    }

    private static void waitFor(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ReadBack readBack(ChannelId channel, OrderId order) {
        return delivered.stream().anyMatch(known -> known.id().equals(order))
                ? new ReadBack.Known(
                        receipt(channel, order, new Receipt.Answer.Rejected(Receipt.Rejection.EXPECTATION)))
                : new ReadBack.NeverSeen();
    }

    private static Receipt receipt(ChannelId channel, OrderId order, Receipt.Answer answer) {
        return new Receipt(
                channel, order.value(), "2".repeat(64), answer, ChannelState.ORDER_PENDING, 8, "eyJ9.eyJ9.c2ln");
    }
}
