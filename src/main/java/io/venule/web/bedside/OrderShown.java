package io.venule.web.bedside;

import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.pump.Receipt;
import io.venule.web.Shown;

/**
 * One order as pages and API show it; no patient data.
 *
 * @param op {@code program}, {@code titrate} or {@code bolus}
 * @param state stable name of the state
 * @param word the state as the ward reads it
 * @param expiresAt when the pump drops it unless started
 * @param code the pump's rejection code; empty unless rejected
 * @param vtbi the volume to be infused; of a bolus, what it gives
 * @param changes the running order that this one changes; empty for a program
 */
public record OrderShown(
        String id,
        String op,
        String state,
        String word,
        String code,
        String why,
        String channel,
        String prescription,
        String drug,
        String dose,
        String rate,
        String vtbi,
        String override,
        String nurse,
        String approvedAt,
        String expiresAt,
        String changes,
        boolean open) {
    static OrderShown of(OrderView order) {
        var code = order.state() instanceof OrderState.Rejected(Receipt.Rejection rejection) ? rejection : null;
        return new OrderShown(
                order.id().value(),
                order.op().word(),
                order.state().name(),
                order.word(),
                code == null ? "" : code.name(),
                code == null ? "" : code.sentence(),
                order.channel().toString(),
                order.prescription().value(),
                order.drug(),
                order.dose(),
                order.rate().print(),
                order.toInfuse().print(),
                order.override(),
                order.nurseName(),
                order.approvedAt().toString(),
                order.expiresAt().toString(),
                order.target(),
                order.state().isOpen());
    }

    /** How the state looks: colour and shape, beside its word. */
    public Shown look() {
        return switch (state) {
            case "RUNNING" -> new Shown("good", "play-circle-fill");
            case "COMPLETE" -> new Shown("good", "check-circle-fill");
            case "WAITING", "APPROVED" -> new Shown("low", "hourglass-split");
            case "STOPPED", "DROPPED", "EXPIRED" -> new Shown("quiet", "stop-circle-fill");
            case "UNCONFIRMED" -> new Shown("warn", "question-circle-fill");
            default -> new Shown("bad", "x-octagon-fill");
        };
    }
}
