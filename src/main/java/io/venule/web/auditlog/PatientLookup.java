package io.venule.web.auditlog;

import io.venule.barcode.Barcodes;
import io.venule.barcode.Prompt;
import io.venule.barcode.Scan;
import io.venule.order.Commitments;
import io.venule.prescription.PatientId;
import io.venule.signing.Digest;
import io.venule.web.Problem;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** From a wristband to the commitment under which the log names its patient; the wristband's number itself stands in no address and no entry. */
@Singleton
class PatientLookup {
    private final Commitments commitments;
    private final LogSearch search;
    private final Problems problems;
    private final InstantSource clock;

    PatientLookup(Commitments commitments, LogSearch search, Problems problems, InstantSource clock) {
        this.commitments = commitments;
        this.search = search;
        this.problems = problems;
        this.clock = clock;
    }

    /** The commitment; the look is in the log before the answer. */
    String commitment(String wristband) {
        return switch (Barcodes.readAt(Prompt.WRISTBAND, wristband, clock.instant())) {
            case Scan.Wristband band -> of(new PatientId(band.gsrn()));
            case Scan.Unreadable(var reason, var remedy) ->
                throw problems.unreadable(List.of(new Problem.Fault("WRISTBAND", reason, remedy)));
            case Scan other -> throw problems.unreadable(List.of(new Problem.Fault("WRISTBAND", other.word(), "")));
        };
    }

    private String of(PatientId id) {
        var commitment = commitments.of(id);
        search.noteRead(commitment.orElse(Digest.NONE).hex(), "wristband");
        return commitment
                .map(Digest::hex)
                .orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "No patient on record has this wristband."));
    }
}
