package io.venule.web.auditlog;

import io.venule.barcode.Barcodes;
import io.venule.barcode.Prompt;
import io.venule.barcode.Scan;
import io.venule.order.Ward;
import io.venule.prescription.PatientId;
import io.venule.signing.KeyedHash;
import io.venule.web.Problem;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** From a wristband to the commitment under which the log names its patient; the wristband's number itself stands in no address and no entry. */
@Singleton
class PatientLookup {
    private final Ward ward;
    private final KeyedHash hashes;
    private final LogSearch search;
    private final Problems problems;
    private final InstantSource clock;

    PatientLookup(Ward ward, KeyedHash hashes, LogSearch search, Problems problems, InstantSource clock) {
        this.ward = ward;
        this.hashes = hashes;
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
        var commitment = hashes.patient(id.gsrn()).hex();
        search.noteRead(commitment, "wristband");
        if (ward.patient(id).isEmpty()) {
            throw problems.refuse(ProblemType.NOT_FOUND, "No patient on record has this wristband.");
        }
        return commitment;
    }
}
