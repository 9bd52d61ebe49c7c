package io.venule.order;

import io.venule.barcode.Prompt;
import io.venule.dose.CheckedDose;
import io.venule.dose.DoseVerdict;
import io.venule.dose.SoftBreach;
import io.venule.pairing.Mismatch;
import io.venule.pairing.Paired;
import java.util.List;

/** What the scans add up to, before anything is sent. */
public sealed interface Verdict {
    /** At least one scan could not be read, or was of the wrong kind at its prompt. */
    record NotRead(List<Fault> faults) implements Verdict {
        public NotRead {
            faults = List.copyOf(faults);
        }
    }

    /** A scan that is no good, in plain words. */
    record Fault(Prompt prompt, String sentence, String remedy) {}

    /** Patient, bag, pump, prescription and nurse do not belong together; every mismatch is named. */
    record Mispaired(List<Mismatch> mismatches) implements Verdict {
        public Mispaired {
            mismatches = List.copyOf(mismatches);
        }
    }

    /** A hard limit; there is no way on. */
    record Hard(Paired paired, DoseVerdict.OutsideHardLimits limits) implements Verdict {}

    /** A soft limit; a reason leads on. */
    record Soft(Paired paired, SoftBreach breach) implements Verdict {}

    /** All good. */
    record Ready(CheckedDose dose) implements Verdict {}
}
