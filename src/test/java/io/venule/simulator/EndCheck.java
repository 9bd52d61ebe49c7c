package io.venule.simulator;

import io.venule.simulator.OrderCheck.Facts;
import java.util.Optional;

/**
 * What a pump asks of an order to cancel or stop: that it is for this channel, new, fresh by the pump's own nonce, and that the order
 * it names is the one that waits or runs here. Nothing else stands in the way of a stop: no clock, sequence, lease, library or log.
 */
final class EndCheck {
    private EndCheck() {}

    /** Why not; empty for yes. */
    static Optional<Rejection> check(EndText order, ChannelBrain channel, Facts facts) {
        if (!OrderCheck.isForUs(order.audience(), channel, facts)) {
            return Optional.of(Rejection.AUDIENCE);
        }
        if (facts.known()) {
            return Optional.of(Rejection.REPLAY);
        }
        if (facts.nonces().take(order.nonce(), facts.uptime()).isEmpty()) {
            return Optional.of(Rejection.NONCE);
        }
        var fits = switch (order.what()) {
            case CANCEL -> channel.waitsWith(order.target());
            case STOP -> channel.waitsWith(order.target()) || channel.worksOn(order.target());
        };
        return fits ? Optional.empty() : Optional.of(Rejection.EXPECTATION);
    }
}
