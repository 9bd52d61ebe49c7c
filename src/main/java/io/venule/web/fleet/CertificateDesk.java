package io.venule.web.fleet;

import io.venule.audit.AuditKind;
import io.venule.order.OfferedCertificate;
import io.venule.order.OfferedCertificates;
import io.venule.order.Ward;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.signing.Digest;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import io.venule.web.Staff;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Enrols a pump under the certificate that it presents, by who compared its fingerprint with the pump's own display. The one before goes on to count until the pump is enrolled without it. */
@Singleton
class CertificateDesk {
    private final OfferedCertificates offered;
    private final Ward ward;
    private final Quantities members;
    private final Problems problems;
    private final Staff staff;
    private final InstantSource clock;

    CertificateDesk(
            OfferedCertificates offered,
            Ward ward,
            Quantities members,
            Problems problems,
            Staff staff,
            InstantSource clock) {
        this.offered = offered;
        this.ward = ward;
        this.members = members;
        this.problems = problems;
        this.staff = staff;
        this.clock = clock;
    }

    /** What waits, by pump, the latest seen first. */
    Map<PumpSerial, List<OfferedCertificate>> waiting() {
        return offered.waiting();
    }

    /** The pump, enrolled under the certificate that was looked at and no other. */
    EnrolledPump accept(String serial, @Nullable String sha256) {
        var looked = Digest.parse(members.text("sha256", sha256))
                .orElseThrow(() -> members.invalid("sha256", "is not a SHA-256 value of 64 hexadecimal digits"));
        var pump = PumpSerial.parse(serial)
                .flatMap(ward::pump)
                .orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "No such pump is in the inventory."));
        var entry = staff.does(AuditKind.PUMP_CERTIFICATE_ACCEPTED, clock.instant())
                .atPlace(pump.serial().value());
        return offered.accept(pump.serial(), looked, accepted -> accepted.in(entry))
                .orElseThrow(() -> problems.refuse(
                        ProblemType.NOT_OFFERED, "Pump " + serial + " does not present this certificate any more."));
    }
}
