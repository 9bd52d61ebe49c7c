package io.venule.order;

import io.venule.order.OrderSigner.Approver;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelState;
import io.venule.pump.Receipt;
import io.venule.signing.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An order to end another one, before it is signed. It needs a person and the pump's own word on what the channel holds, and nothing
 * else: no pairing, no dose, no limit can stand in its way. Source: pump contract, "Order to cancel or stop".
 *
 * @param target hash of the text to end, as the pump named it
 */
record EndOrder(
        OrderId id,
        EndForm form,
        String target,
        Challenge challenge,
        String recordKeyHash,
        Approver approver,
        Instant at) {
    /** Void this long after it was asked for: what a person wants stopped is wanted now, and after that they have gone to the pump. */
    static final Duration LIFETIME = Duration.ofSeconds(15);

    Instant expires() {
        return at.plus(LIFETIME);
    }

    /** Whether what waited for START is off the display: by the pump's answer, because START may have been pressed since it was asked. */
    boolean isTakenBack(Receipt accepted) {
        return form.what() == EndForm.What.CANCEL
                || accepted.after() == ChannelState.IDLE
                || accepted.after() == ChannelState.COMPLETE;
    }

    /** The hash of what the pump could end for this form; empty when it holds nothing at all. */
    static Optional<String> targetIn(Challenge challenge, EndForm.What what) {
        var hash = what == EndForm.What.CANCEL || challenge.state() == ChannelState.ORDER_PENDING
                ? challenge.lastOrder()
                : challenge.running();
        return hash.equals(Digest.NONE.hex()) ? Optional.empty() : Optional.of(hash);
    }
}
