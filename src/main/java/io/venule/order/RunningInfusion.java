package io.venule.order;

import io.venule.pump.Challenge;
import io.venule.pump.ChannelState;
import io.venule.signing.Digest;
import java.util.Optional;

/**
 * An order that runs: by our record and by the pump's own signed word at this moment, text for text. Only {@link #confirmedBy} makes one,
 * so that nothing else can be changed.
 */
final class RunningInfusion {
    private final OrderView order;
    private final Challenge challenge;

    private RunningInfusion(OrderView order, Challenge challenge) {
        this.order = order;
        this.challenge = challenge;
    }

    /** Empty unless the pump says that exactly this order runs on its channel. */
    static Optional<RunningInfusion> confirmedBy(Challenge challenge, OrderView order) {
        var same = order.state() instanceof OrderState.Running
                && !order.isChange()
                && challenge.channel().equals(order.channel())
                && challenge.state() == ChannelState.RUNNING
                && challenge.running().equals(hash(order));
        return same ? Optional.of(new RunningInfusion(order, challenge)) : Optional.empty();
    }

    private static String hash(OrderView order) {
        return Digest.ofText(order.signed()).hex();
    }

    OrderView order() {
        return order;
    }

    /** The pump's word. */
    Challenge challenge() {
        return challenge;
    }

    String hash() {
        return hash(order);
    }
}
