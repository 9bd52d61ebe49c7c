package io.venule.pairing;

import io.venule.druglibrary.DrugLibrary;
import io.venule.prescription.Patient;
import io.venule.prescription.Prescription;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.staff.StaffMember;
import java.util.List;
import java.util.Set;

/** All that is on record about what was scanned. What is not on record is a case of its own, so that nobody can assume it. */
public record PairingFacts(
        PatientRecord patient,
        LabelledOrder labelled,
        PumpRecord pump,
        BagHistory bags,
        DrugLibrary library,
        StaffMember nurse) {
    /** Whom the wristband's number names. */
    public sealed interface PatientRecord {
        record Unknown() implements PatientRecord {}

        /** @param prescriptions all of this patient's, active or not */
        record Known(Patient patient, List<Prescription> prescriptions) implements PatientRecord {
            public Known {
                prescriptions = List.copyOf(prescriptions);
            }
        }
    }

    /** The order whose number stands on a pharmacy label, whoever's it is. */
    public sealed interface LabelledOrder {
        /** The bag is a manufacturer's. */
        record None() implements LabelledOrder {}

        /** The label names an order that is not on record. */
        record Unknown() implements LabelledOrder {}

        record Known(Prescription prescription) implements LabelledOrder {}
    }

    /** The pump whose tag was scanned. */
    public sealed interface PumpRecord {
        record Unknown() implements PumpRecord {}

        record Enrolled(EnrolledPump pump, Channel channel, Occupant occupant) implements PumpRecord {}
    }

    /** What the scanned channel last reported. */
    public sealed interface Channel {
        record NeverHeard() implements Channel {}

        record Heard(LiveChannels.Heard last) implements Channel {}
    }

    /** Whose open order the scanned channel has by our own books. */
    public enum Occupant {
        NOBODY,
        THIS_PATIENT,
        ANOTHER_PATIENT
    }

    /**
     * What is known against bags.
     *
     * @param used identities ({@link io.venule.barcode.Scan.Bag#identity}) of bags that earlier pairings used up
     * @param recalled lots that must not be used
     */
    public record BagHistory(Set<String> used, List<Lot> recalled) {
        public BagHistory {
            used = Set.copyOf(used);
            recalled = List.copyOf(recalled);
        }
    }
}
