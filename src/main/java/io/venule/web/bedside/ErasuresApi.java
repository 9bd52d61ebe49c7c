package io.venule.web.bedside;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.audit.AuditKind;
import io.venule.order.Erasures;
import io.venule.prescription.PatientId;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import io.venule.web.Roles;
import io.venule.web.Staff;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Erases what is on record of a patient, where law asks for it. What was done stays in the log, about nobody. */
@Path("/api/v1/patients/erase")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.ADMIN)
public class ErasuresApi {
    private final Erasures erasures;
    private final Quantities members;
    private final Problems problems;
    private final Staff staff;
    private final InstantSource clock;

    ErasuresApi(Erasures erasures, Quantities members, Problems problems, Staff staff, InstantSource clock) {
        this.erasures = erasures;
        this.members = members;
        this.problems = problems;
        this.staff = staff;
        this.clock = clock;
    }

    /** Why; a word of a list, so that nobody writes the patient's name into a log that forgets nothing. */
    public enum Reason {
        ASKED_BY_PATIENT,
        RETENTION_ENDED,
        ENTERED_IN_ERROR
    }

    /** Whom to erase, and why. */
    public record Form(@Nullable String gsrn, @Nullable String reason) {}

    /** The commitment that now leads to nobody. */
    public record Erased(String patient) {}

    @POST
    public Erased erase(@Nullable Form sent) {
        var form = members.body(sent);
        var id = members.exactly("gsrn", () -> new PatientId(members.text("gsrn", form.gsrn())));
        var reason = members.exactly("reason", () -> Reason.valueOf(members.text("reason", form.reason())));
        var entry = staff.does(AuditKind.PATIENT_ERASED, clock.instant()).with("reason", reason.name());
        return switch (erasures.erase(id, commitment -> entry.with("patient", commitment))) {
            case Erasures.Erasure.Erased(var commitment) -> new Erased(commitment.hex());
            case Erasures.Erasure.Unknown() ->
                throw problems.refuse(ProblemType.NOT_FOUND, "No patient on record has this number.");
            case Erasures.Erasure.InTreatment() -> throw problems.refuse(ProblemType.PATIENT_IN_TREATMENT, "");
        };
    }
}
