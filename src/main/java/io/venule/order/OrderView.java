package io.venule.order;

import io.venule.prescription.PrescriptionId;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpEvent;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.staff.SubjectId;
import java.time.Instant;

/**
 * One order as it is on record; no patient data.
 *
 * @param submission the id of the nurse's tap; a second one with the same id is the same order
 * @param patientHash keyed hash of the patient's id
 * @param drug tall-man name
 * @param dose as ordered, printable; the rate for a plain fluid
 * @param override reason, or empty where no soft limit was passed
 * @param signed the exact signed text
 * @param toInfuse the volume to be infused; of a bolus, what it gives
 * @param target id of the running order that this one changes; empty for a program
 */
public record OrderView(
        OrderId id,
        String submission,
        OrderState state,
        PrescriptionId prescription,
        ChannelId channel,
        String patientHash,
        String drug,
        String dose,
        FlowRate rate,
        Volume toInfuse,
        String override,
        SubjectId nurse,
        String nurseName,
        Instant approvedAt,
        Instant expiresAt,
        String signed,
        OrderOp op,
        String target) {
    /** Whether this order changes another one instead of starting an infusion. */
    public boolean isChange() {
        return op != OrderOp.PROGRAM;
    }

    /** The order whose story in the log this one is part of: itself, or the one it changes. */
    public String story() {
        return isChange() ? target : id.value();
    }

    /** What the ward reads. */
    public String word() {
        return switch (op) {
            case PROGRAM -> state.word();
            case TITRATE -> state instanceof OrderState.Complete ? "in effect" : state.word();
            case BOLUS -> wordOfBolus();
        };
    }

    private String wordOfBolus() {
        return switch (state) {
            case OrderState.Running r -> "bolus being given";
            case OrderState.Complete c -> "bolus given";
            case OrderState.Stopped s -> "bolus broken off before its end";
            case OrderState.Approved a -> state.word();
            case OrderState.Unconfirmed u -> state.word();
            case OrderState.Waiting w -> "bolus " + state.word();
            case OrderState.Dropped d -> state.word();
            case OrderState.Rejected r -> state.word();
            case OrderState.Expired e -> state.word();
        };
    }

    /**
     * The state after the pump's record. A change of rate is over once it is confirmed: the infusion it changed goes on. A bolus runs from
     * then until the pump says what it gave of it: less than ordered is not complete.
     */
    public OrderState after(PumpEvent event) {
        return switch (op) {
            case PROGRAM -> state.after(event);
            case TITRATE ->
                state.isOpen() && event instanceof PumpEvent.Confirmed ? new OrderState.Complete() : state.after(event);
            case BOLUS -> state.isOpen() ? bolusAfter(event) : state;
        };
    }

    private OrderState bolusAfter(PumpEvent event) {
        if (event instanceof PumpEvent.BolusGiven(var onChannel, var order, var volume)) {
            return volume.compareTo(toInfuse) < 0 ? new OrderState.Stopped() : new OrderState.Complete();
        }
        return event instanceof PumpEvent.Confirmed ? new OrderState.Running() : state.after(event);
    }
}
