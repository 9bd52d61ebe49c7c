package io.venule.order;

import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.Receipt;

/**
 * The way to the pumps, wherever the session with the pump is held. Each call answers within the request limit of its adapter;
 * none is repeated by the adapter, because only the caller knows whether that is safe.
 */
public interface PumpLink {
    /** Asks the pump for a nonce and its situation. */
    Readiness challenge(ChannelId channel);

    /** The same, ahead of whatever waits: for a stop. An adapter that has a queue lets it overtake. */
    default Readiness challengeAhead(ChannelId channel) {
        return challenge(channel);
    }

    /** Hands one signed order to its pump, once. Takes nothing but a {@link SignedOrder}, which only the order desk can make. */
    Delivery deliver(SignedOrder order);

    /** Asks the pump whether it ever saw the order, to end an {@link Delivery.Unconfirmed}. */
    ReadBack readBack(ChannelId channel, OrderId order);

    /** Whether a pump can be asked at all. */
    sealed interface Readiness {
        /** @param lease the number of the lease by which the pump was asked; an order for what it said goes by the same */
        record Ready(Challenge challenge, long lease) implements Readiness {}

        record NotReachable(String reason) implements Readiness {}
    }

    /** What came of handing over. */
    sealed interface Delivery {
        /** The pump answered, yes or no, with its signature. */
        record Answered(Receipt receipt) implements Delivery {}

        /** No answer: the pump may or may not have it. */
        record Unconfirmed(String reason) implements Delivery {}
    }

    /** What the pump remembers of an order. */
    sealed interface ReadBack {
        record Known(Receipt receipt) implements ReadBack {}

        record NeverSeen() implements ReadBack {}

        record NotReachable(String reason) implements ReadBack {}
    }
}
