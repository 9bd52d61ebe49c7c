package io.venule.order;

import io.venule.prescription.PrescriptionId;
import io.venule.pump.ChannelId;
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
        String signed) {}
