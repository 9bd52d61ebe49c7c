package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.pump.ChannelId;
import io.venule.signing.Digest;
import io.venule.signing.Jws;
import io.venule.signing.KeyId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

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
    private final OptionalLong lease;
    private final Optional<String> certificate;

    private SignedOrder(
            OrderId id,
            ChannelId channel,
            Instant expires,
            String text,
            OptionalLong lease,
            Optional<String> certificate) {
        this.id = id;
        this.channel = channel;
        this.expires = expires;
        this.text = text;
        this.lease = lease;
        this.certificate = certificate;
    }

    /** One that stands in line, and goes by this lease or not at all. */
    static SignedOrder inLine(OrderId id, ChannelId channel, Instant expires, String text, long lease) {
        return new SignedOrder(id, channel, expires, text, OptionalLong.of(lease), Optional.empty());
    }

    /** One to cancel or to stop: it waits for nothing and needs no lease. */
    static SignedOrder ahead(OrderId id, ChannelId channel, Instant expires, String text) {
        return new SignedOrder(id, channel, expires, text, OptionalLong.empty(), Optional.empty());
    }

    /** The same with the root's word for the key that signed it, which no queue and no pump needs with each order; the log does. */
    SignedOrder certifiedBy(String signed) {
        return new SignedOrder(id, channel, expires, text, lease, Optional.of(signed));
    }

    /** What the log says right behind the approval: exactly what was signed for it, so that nobody need believe the server that it sent what was approved. */
    public AuditEntry entry(AuditEntry approval) {
        var change = approval.said("change");
        var entry = AuditEntry.bySystem(AuditKind.ORDER_SIGNED, approval.at())
                .atPlace(approval.place())
                .about(approval.order())
                .under(approval.library().counter(), approval.library().sha256())
                .with("key", Jws.namedKey(text, TYPE).map(KeyId::hex).orElseThrow());
        return in(change.isEmpty() ? entry : entry.with("change", change));
    }

    /** The entry with this order in it, and behind it the certificate of its key: whoever has the root's key can judge both. */
    AuditEntry in(AuditEntry entry) {
        var with = entry.signed(text);
        return certificate.map(with::signed).orElse(with);
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
        return lease.isEmpty();
    }

    /** Whether it may go by the lease of this number: it was made for what the pump said under that one, not an earlier. T-70. */
    public boolean goesBy(long number) {
        return lease.isEmpty() || lease.getAsLong() == number;
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
