package io.venule.store;

import io.venule.order.OrderState;
import io.venule.pump.Receipt;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Order states as two columns: the name, and what the state carries. */
final class OrderStates {
    private OrderStates() {}

    static String detail(OrderState state) {
        return switch (state) {
            case OrderState.Unconfirmed(var since) ->
                since.truncatedTo(ChronoUnit.MILLIS).toString();
            case OrderState.Dropped(var cause) -> cause;
            case OrderState.Rejected(var code) -> code.name();
            case OrderState.Approved a -> "";
            case OrderState.Waiting w -> "";
            case OrderState.Running r -> "";
            case OrderState.Complete c -> "";
            case OrderState.Stopped s -> "";
            case OrderState.Expired e -> "";
        };
    }

    static OrderState read(String name, String detail) {
        return switch (name) {
            case "APPROVED" -> new OrderState.Approved();
            case "UNCONFIRMED" -> new OrderState.Unconfirmed(Instant.parse(detail));
            case "WAITING" -> new OrderState.Waiting();
            case "RUNNING" -> new OrderState.Running();
            case "COMPLETE" -> new OrderState.Complete();
            case "STOPPED" -> new OrderState.Stopped();
            case "DROPPED" -> new OrderState.Dropped(detail);
            case "REJECTED" -> new OrderState.Rejected(Receipt.Rejection.valueOf(detail));
            case "EXPIRED" -> new OrderState.Expired();
            default -> throw new IllegalStateException("an order is kept in an unknown state: " + name);
        };
    }
}
