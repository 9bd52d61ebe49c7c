package io.venule.web.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.venule.audit.AuditKind;
import io.venule.order.AuditTrail;
import io.venule.order.SelfReports;
import io.venule.order.Ward;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.release.ActiveRelease;
import io.venule.signing.Digest;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Staff;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;

/** Hands out a pump's {@link ServiceCase}. That it left the system, and with which bytes, is in the log before it leaves. */
@Singleton
class ServiceCases {
    private final Ward ward;
    private final Board board;
    private final SelfReports reports;
    private final PumpHistory history;
    private final ActiveRelease active;
    private final AuditTrail trail;
    private final Staff staff;
    private final Problems problems;
    private final ObjectMapper json;
    private final InstantSource clock;

    ServiceCases(
            Ward ward,
            Board board,
            SelfReports reports,
            PumpHistory history,
            ActiveRelease active,
            AuditTrail trail,
            Staff staff,
            Problems problems,
            ObjectMapper json,
            InstantSource clock) {
        this.ward = ward;
        this.board = board;
        this.reports = reports;
        this.history = history;
        this.active = active;
        this.trail = trail;
        this.staff = staff;
        this.problems = problems;
        this.json = json;
        this.clock = clock;
    }

    Response export(String serial) {
        var pump = PumpSerial.parse(serial)
                .flatMap(ward::pump)
                .orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "No such pump is in the inventory."));
        var made = of(pump);
        var content = write(made);
        trail.append(staff.does(AuditKind.EXPORT, clock.instant())
                .atPlace(pump.serial().value())
                .with("form", "service case")
                .with("entries", made.entries().size())
                .with("sha256", Digest.of(content)));
        return Response.ok(content)
                .type(MediaType.APPLICATION_JSON)
                .header("Content-Disposition", "attachment; filename=\"venule-pump-" + pump.serial() + ".json\"")
                .build();
    }

    private ServiceCase of(EnrolledPump pump) {
        var known = board.known();
        return new ServiceCase(
                clock.instant().toString(),
                ServiceCase.Enrolment.of(pump),
                reports.of(pump.serial()).map(ServiceCase.Says::of).orElse(null),
                active.version(),
                PublicCertificate.all(pump.certificate()),
                known.quarantineOf(pump).map(OutOfUse::of).orElse(null),
                board.channelsOf(pump, known),
                history.troubles(pump.serial()).stream()
                        .map(ServiceCase.LastError::of)
                        .toList(),
                history.latest(pump.serial(), ServiceCase.MOST_ENTRIES).stream()
                        .map(ServiceCase.Entry::of)
                        .toList());
    }

    private byte[] write(ServiceCase made) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(made);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a service case cannot be written", e);
        }
    }
}
