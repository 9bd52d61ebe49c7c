package io.venule.pump;

import io.venule.quantity.FlowRate;

/**
 * What a pump says of one channel when asked for a nonce, verified: the situation that an order is approved for.
 * Source: pump contract, "Challenge".
 *
 * @param running hash of the running order; 64 zeros when none
 * @param lastOrder hash of the last accepted order; 64 zeros when none
 */
public record Challenge(
        ChannelId channel,
        String epoch,
        String nonce,
        ChannelState state,
        long stateVersion,
        FlowRate rate,
        String running,
        long lastSequence,
        String lastOrder,
        PumpLibrary library) {
    /** The library release a pump works with; counter 0 and an empty digest when it has none yet. */
    public record PumpLibrary(long counter, String sha256) {}
}
