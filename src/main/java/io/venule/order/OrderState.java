package io.venule.order;

import io.venule.pump.PumpEvent;
import io.venule.pump.Receipt;
import java.time.Instant;

/**
 * Where an order stands. A transition is a method on the state it may leave; nothing else changes a state.
 *
 * <pre>
 *   Approved ─┬→ Waiting ─┬→ Running ─┬→ Complete
 *             ├→ Rejected └→ Dropped  └→ Stopped
 *             └→ Unconfirmed ─→ Waiting | Rejected | Expired
 * </pre>
 *
 * Only a receipt, a read-back or a record of the pump ends {@code Unconfirmed}: no answer is not yes.
 */
public sealed interface OrderState {
    /** Signed and durable; not yet answered by the pump. */
    record Approved() implements OrderState {
        public OrderState answered(Receipt.Answer answer) {
            return OrderState.of(answer);
        }

        public Unconfirmed unanswered(Instant since) {
            return new Unconfirmed(since);
        }
    }

    /** Sent, and no answer came. */
    record Unconfirmed(Instant since) implements OrderState {
        public OrderState answered(Receipt.Answer answer) {
            return OrderState.of(answer);
        }

        /** The pump says that it never saw the order, and the order is void by now. */
        public Expired neverArrived() {
            return new Expired();
        }
    }

    /** Accepted by the pump; on its display until a person presses START there. */
    record Waiting() implements OrderState {}

    /** Started by a person at the pump. */
    record Running() implements OrderState {}

    /** The volume was infused. */
    record Complete() implements OrderState {}

    /** Stopped, at the pump or by an order. */
    record Stopped() implements OrderState {}

    /** Accepted, but not started in time, or cancelled. */
    record Dropped(String cause) implements OrderState {}

    /** Refused by the pump. */
    record Rejected(Receipt.Rejection code) implements OrderState {}

    /** Void: never reached the pump. */
    record Expired() implements OrderState {}

    /** What it is called in records and interfaces; no name is changed or used again. */
    default String name() {
        return switch (this) {
            case Approved a -> "APPROVED";
            case Unconfirmed u -> "UNCONFIRMED";
            case Waiting w -> "WAITING";
            case Running r -> "RUNNING";
            case Complete c -> "COMPLETE";
            case Stopped s -> "STOPPED";
            case Dropped d -> "DROPPED";
            case Rejected r -> "REJECTED";
            case Expired e -> "EXPIRED";
        };
    }

    private static OrderState of(Receipt.Answer answer) {
        return switch (answer) {
            case Receipt.Answer.Accepted() -> new Waiting();
            case Receipt.Answer.Rejected(var code) -> new Rejected(code);
        };
    }

    /** Whether the order can still change. */
    default boolean isOpen() {
        return switch (this) {
            case Approved a -> true;
            case Unconfirmed u -> true;
            case Waiting w -> true;
            case Running r -> true;
            case Complete c -> false;
            case Stopped s -> false;
            case Dropped d -> false;
            case Rejected r -> false;
            case Expired e -> false;
        };
    }

    /** The state after the pump's record; a record that does not concern the order's life leaves it as it is. */
    default OrderState after(PumpEvent event) {
        if (!isOpen()) {
            return this;
        }
        return switch (event) {
            case PumpEvent.OrderAccepted e -> this instanceof Running ? this : new Waiting();
            case PumpEvent.OrderRejected(var channel, var order, var code) -> afterRefusal(code);
            case PumpEvent.Started e -> new Running();
            case PumpEvent.Resumed e -> new Running();
            case PumpEvent.VolumeComplete e -> new Complete();
            case PumpEvent.Stopped e -> new Stopped();
            case PumpEvent.OrderDropped(var channel, var order, var cause) -> new Dropped(cause);
            case PumpEvent.Confirmed e -> this;
            case PumpEvent.RateChanged e -> this;
            case PumpEvent.BolusGiven e -> this;
            case PumpEvent.Paused e -> this;
            case PumpEvent.KeepVeinOpen e -> this;
            case PumpEvent.AlarmStarted e -> this;
            case PumpEvent.AlarmEnded e -> this;
            case PumpEvent.LibraryActivated e -> this;
            case PumpEvent.PowerChanged e -> this;
            case PumpEvent.DoorChanged e -> this;
            case PumpEvent.ClockSet e -> this;
            case PumpEvent.Booted e -> afterBoot();
        };
    }

    /** What the pump took, it does not refuse any more: then it was a copy that it refused. */
    private OrderState afterRefusal(String code) {
        return this instanceof Waiting || this instanceof Running ? this : new Rejected(Receipt.Rejection.ofCode(code));
    }

    /** A pump that boots has forgotten what it worked on; what it never answered, it may still have to answer. */
    private OrderState afterBoot() {
        return switch (this) {
            case Waiting w -> new Dropped("BOOTED");
            case Running r -> new Stopped();
            case Approved a -> this;
            case Unconfirmed u -> this;
            case Complete c -> this;
            case Stopped s -> this;
            case Dropped d -> this;
            case Rejected r -> this;
            case Expired e -> this;
        };
    }

    /** What the ward reads. */
    default String word() {
        return switch (this) {
            case Approved a -> "sending";
            case Unconfirmed u -> "no answer from the pump";
            case Waiting w -> "waiting for START at the pump";
            case Running r -> "running";
            case Complete c -> "complete";
            case Stopped s -> "stopped";
            case Dropped(var cause) -> cause.equals("CANCELLED") ? "cancelled" : "not started in time";
            case Rejected r -> "refused by the pump";
            case Expired e -> "expired, never reached the pump";
        };
    }
}
