package io.venule.web.fleet;

import io.venule.audit.AuditKind;
import io.venule.order.Quarantines;
import io.venule.order.Ward;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import io.venule.web.Staff;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts a pump back into use that was out of it because of what it said; who does it says why, and both are in the log. */
@Singleton
class QuarantineDesk {
    private final Quarantines quarantines;
    private final Ward ward;
    private final Quantities members;
    private final Problems problems;
    private final Staff staff;
    private final InstantSource clock;

    QuarantineDesk(
            Quarantines quarantines,
            Ward ward,
            Quantities members,
            Problems problems,
            Staff staff,
            InstantSource clock) {
        this.quarantines = quarantines;
        this.ward = ward;
        this.members = members;
        this.problems = problems;
        this.staff = staff;
        this.clock = clock;
    }

    /** The pump, in use from now on. Its next session, opened within seconds, may give cause for doubt again. */
    EnrolledPump lift(String serial, @Nullable String reason) {
        var given = members.text("reason", reason);
        var pump = PumpSerial.parse(serial)
                .flatMap(ward::pump)
                .orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "No such pump is in the inventory."));
        var why = Arrays.stream(Quarantine.Lifted.values())
                .filter(known -> known.name().equals(given))
                .findFirst()
                .orElseThrow(() -> members.invalid("reason", "is none of the list"));
        var entry = staff.does(AuditKind.QUARANTINE_LIFTED, clock.instant())
                .atPlace(pump.serial().value())
                .with("reason", why.name());
        if (!quarantines.lift(pump.serial(), was -> entry.with("why", was.why()))) {
            throw problems.refuse(ProblemType.NOT_OUT_OF_USE, "Pump " + serial + " is in use.");
        }
        return pump;
    }
}
