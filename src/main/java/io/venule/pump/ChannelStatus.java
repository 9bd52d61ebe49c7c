package io.venule.pump;

import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.time.Instant;

/**
 * The last state of a channel that the pump itself reported, and when that was; never a guess of ours.
 *
 * @param drug what the pump shows as drug, empty when none
 * @param orderId the order the channel works on, empty when none
 * @param stateVersion the pump's counter of state changes, quoted in orders
 * @param reportedAt the server's clock when it was read
 */
public record ChannelStatus(
        ChannelId channel,
        ChannelState state,
        String drug,
        FlowRate rate,
        Volume toInfuse,
        Volume infused,
        String orderId,
        long stateVersion,
        Instant reportedAt) {
    /** The same, found unchanged then. */
    public ChannelStatus unchangedAt(Instant at) {
        return new ChannelStatus(channel, state, drug, rate, toInfuse, infused, orderId, stateVersion, at);
    }
}
