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
        String target) {
    /** Whether this order changes another one instead of starting an infusion. */
    public boolean isChange() {
        return !target.isEmpty();
    }

    /** The order whose story in the log this one is part of: itself, or the one it changes. */
    public String story() {
        return isChange() ? target : id.value();
    }

    /** What the ward reads. */
    public String word() {
        return isChange() && state instanceof OrderState.Complete ? "in effect" : state.word();
    }

    /** The state after the pump's record. A change is over once it is confirmed: the infusion it changed goes on. */
    public OrderState after(PumpEvent event) {
        return isChange() && state.isOpen() && event instanceof PumpEvent.Confirmed
                ? new OrderState.Complete()
                : state.after(event);
    }
}
