package io.venule.order;

import io.venule.pump.Receipt;
import java.time.Duration;

/** What came of sending. */
public sealed interface Outcome {
    /** The sentence of {@link PumpNotReady} where no order key is good for the pump's ward now. */
    String NO_KEY = "This server has no key to sign orders for the pump's ward now.";

    /** What to do then. */
    String NO_KEY_REMEDY = "Program the pump by hand, and call biomedical engineering: order keys must be renewed.";

    /** Nothing was sent: the verdict does not allow it, or has changed to one that needs a reason. */
    record Refused(Verdict verdict) implements Outcome {}

    /** Nothing was sent: what would be sent is not what was displayed. */
    record DisplayChanged(Verdict verdict) implements Outcome {}

    /** Nothing was sent: the pump cannot take an order now. */
    record PumpNotReady(String sentence, String remedy) implements Outcome {}

    /** Nothing was sent yet: someone else must look too. */
    record SecondPersonNeeded(FirstCheck first) implements Outcome {}

    /** Nothing was sent: two people must look, and this one signed in too long ago to be one of them. */
    record SignInTooOld(Duration atMost) implements Outcome {}

    /** Nothing was sent: another order is open on the channel, or this bag is in use. */
    record Conflict(OrderView other) implements Outcome {}

    /** The pump took the order and waits for START. */
    record Accepted(OrderView order) implements Outcome {}

    /** The pump refused the order. */
    record Rejected(OrderView order, Receipt.Rejection code) implements Outcome {}

    /** No answer: look at the pump. Nothing is sent again. */
    record Unconfirmed(OrderView order) implements Outcome {}

    /** The same tap again; this is the order it made. */
    record SameSubmission(OrderView order) implements Outcome {}
}
