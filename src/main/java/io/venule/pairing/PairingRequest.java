package io.venule.pairing;

import io.venule.barcode.Scan;
import io.venule.prescription.PrescriptionId;

/** What was scanned together at the bedside, and which prescription it is for. */
public record PairingRequest(Scan.Wristband wristband, Scan.Bag bag, Scan.PumpTag pumpTag, Choice choice) {
    /** Which prescription the nurse means. */
    public sealed interface Choice {
        /** The one that the bag fits; refused unless it is exactly one. */
        record TheOneThatFits() implements Choice {}

        /** The one with this number. */
        record Numbered(PrescriptionId id) implements Choice {}
    }
}
