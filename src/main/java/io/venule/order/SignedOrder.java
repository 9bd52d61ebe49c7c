package io.venule.order;

import io.venule.pump.ChannelId;
import io.venule.signing.Digest;
import java.time.Instant;

/**
 * An order that a pump will act on: the signed text and what delivering needs to know of it. Only the order signer makes one, from a
 * checked dose, and {@link OrderVerifier} re-makes one from bytes that crossed a queue, after verifying the signature again.
 */
public final class SignedOrder {
    /** The {@code typ} of an order's header. */
    public static final String TYPE = "infusion-order+jws";

    private final OrderId id;
    private final ChannelId channel;
    private final Instant expires;
    private final String text;
    private final boolean overtaking;

    SignedOrder(OrderId id, ChannelId channel, Instant expires, String text) {
        this(id, channel, expires, text, false);
    }

    SignedOrder(OrderId id, ChannelId channel, Instant expires, String text, boolean overtaking) {
        this.overtaking = overtaking;
        this.id = id;
        this.channel = channel;
        this.expires = expires;
        this.text = text;
    }

    public OrderId id() {
        return id;
    }

    public ChannelId channel() {
        return channel;
    }

    /** The first instant at which the order is void. */
    public Instant expires() {
        return expires;
    }

    /** Whether it goes ahead of whatever waits: an order to cancel or to stop. */
    public boolean isOvertaking() {
        return overtaking;
    }

    /** The exact signed text, JWS compact. */
    public String text() {
        return text;
    }

    /** The hash by which pump and log name this text. */
    public Digest hash() {
        return Digest.ofText(text);
    }
}
