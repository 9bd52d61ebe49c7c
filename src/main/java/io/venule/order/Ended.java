package io.venule.order;

import io.venule.pump.Receipt;

/** What came of asking a pump to end an order. Only {@link Done} says that it did; what runs is stopped by a person at the pump and nobody else. */
public sealed interface Ended {
    /**
     * The pump took back the order that waited, by its signed receipt.
     *
     * @param recorded whether all of it is in the durable record by now; if not, it is owed and entered as soon as the record answers
     */
    record Done(boolean recorded) implements Ended {}

    /**
     * The pump shows that a person wants it stopped, by its signed receipt. The infusion goes on until somebody presses STOP there.
     *
     * @param recorded as for {@link Done}
     */
    record Shown(boolean recorded) implements Ended {}

    /** No such order is known. */
    record Unknown() implements Ended {}

    /** Nothing was sent: the pump does not answer. */
    record NotReached(String reason) implements Ended {}

    /** The pump says that this order neither waits nor runs there. */
    record NotThere() implements Ended {}

    /** The pump refused. */
    record Rejected(Receipt.Rejection code) implements Ended {}

    /** No answer: look at the pump. */
    record Unconfirmed(String reason) implements Ended {}
}
