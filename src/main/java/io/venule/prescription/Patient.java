package io.venule.prescription;

import java.time.LocalDate;

/**
 * A patient in the hospital. Names and birth date are patient data: encrypted at rest, never in logs, orders, audit leaves or addresses.
 *
 * @param bandInstance the wristband now valid (GS1 SRIN, AI 8019); an older band of the same patient is refused
 * @param careArea code of the care area whose limits apply
 */
public record Patient(
        PatientId id,
        String bandInstance,
        String name,
        LocalDate born,
        BodyMeasures body,
        String careArea,
        boolean admitted) {
    @Override
    public String toString() {
        return id.toString();
    }
}
