package io.venule.web.bedside;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.audit.AuditKind;
import io.venule.barcode.Barcodes;
import io.venule.barcode.Prompt;
import io.venule.barcode.Scan;
import io.venule.order.Admissions;
import io.venule.order.AuditTrail;
import io.venule.order.Commitments;
import io.venule.order.Ward;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.quantity.BodySurface;
import io.venule.quantity.Weight;
import io.venule.release.ActiveRelease;
import io.venule.signing.Digest;
import io.venule.web.Problem;
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
import java.time.LocalDate;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Admits patients and finds one by wristband; patients are named in bodies only, never in an address. */
@Path("/api/v1/patients")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PatientsApi {
    private final Admissions admissions;
    private final Ward ward;
    private final AuditTrail trail;
    private final ActiveRelease active;
    private final Commitments commitments;
    private final Quantities members;
    private final Problems problems;
    private final Staff staff;
    private final InstantSource clock;

    PatientsApi(
            Admissions admissions,
            Ward ward,
            AuditTrail trail,
            ActiveRelease active,
            Commitments commitments,
            Quantities members,
            Problems problems,
            Staff staff,
            InstantSource clock) {
        this.admissions = admissions;
        this.ward = ward;
        this.trail = trail;
        this.active = active;
        this.commitments = commitments;
        this.members = members;
        this.problems = problems;
        this.staff = staff;
        this.clock = clock;
    }

    /** A patient to admit. */
    public record Admission(
            @Nullable String gsrn,
            @Nullable String bandInstance,
            @Nullable String name,
            @Nullable String born,
            @Nullable String weightKg,
            @Nullable String heightCm,
            @Nullable String careArea) {}

    /** By which band to search. */
    public record Search(@Nullable String wristband) {}

    /** A patient as found. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Found(
            String gsrn,
            String bandInstance,
            String name,
            String born,
            String weight,
            String surface,
            String careArea,
            boolean admitted) {}

    @POST
    @ResponseStatus(201)
    @RolesAllowed(Roles.ADMIN)
    public Found admit(@Nullable Admission sent) {
        var form = members.body(sent);
        var area = members.text("careArea", form.careArea());
        if (active.library().careArea(area).isEmpty()) {
            throw problems.refuse(ProblemType.UNKNOWN_REFERENCE, "The drug library has no care area " + area + ".");
        }
        var id = members.exactly("gsrn", () -> new PatientId(members.text("gsrn", form.gsrn())));
        var patient = new Patient(
                id,
                members.text("bandInstance", form.bandInstance()),
                members.text("name", form.name()),
                members.exactly("born", () -> LocalDate.parse(members.text("born", form.born()))),
                body(form),
                area,
                true);
        var entry = staff.does(AuditKind.PATIENT_ADMITTED, clock.instant()).with("careArea", area);
        admissions.admit(patient, commitment -> entry.with("patient", commitment));
        return shown(patient);
    }

    @POST
    @Path("search")
    @RolesAllowed({Roles.NURSE, Roles.PHARMACIST, Roles.ADMIN})
    public Found search(@Nullable Search search) {
        var now = clock.instant();
        var scan = Barcodes.readAt(
                Prompt.WRISTBAND, members.text("wristband", members.body(search).wristband()), now);
        if (!(scan instanceof Scan.Wristband band)) {
            var why = scan instanceof Scan.Unreadable(var reason, var remedy)
                    ? new Problem.Fault("WRISTBAND", reason, remedy)
                    : new Problem.Fault("WRISTBAND", scan.word(), "");
            throw problems.unreadable(List.of(why));
        }
        var id = new PatientId(band.gsrn());
        trail.append(staff.does(AuditKind.PATIENT_READ, now)
                .with("patient", commitments.of(id).orElse(Digest.NONE))
                .with("through", "wristband"));
        return ward.patient(id)
                .map(PatientsApi::shown)
                .orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "No patient on record has this wristband."));
    }

    private BodyMeasures body(Admission form) {
        if (form.weightKg() == null) {
            return new BodyMeasures.Unknown();
        }
        var weight = members.exactly(
                "weightKg",
                () -> new Weight(members.decimal("weightKg", form.weightKg()).scaledBy(3)));
        if (form.heightCm() == null) {
            return new BodyMeasures.Weighed(weight);
        }
        var surface = members.exactly(
                "heightCm",
                () -> BodySurface.mosteller(
                        members.decimal("heightCm", form.heightCm()).scaledBy(1), weight));
        return new BodyMeasures.WeighedAndMeasured(weight, surface);
    }

    private static Found shown(Patient patient) {
        var weight = switch (patient.body()) {
            case BodyMeasures.Unknown() -> "";
            case BodyMeasures.Weighed(var known) -> known.print();
            case BodyMeasures.WeighedAndMeasured(var known, var surface) -> known.print();
        };
        var surface = patient.body() instanceof BodyMeasures.WeighedAndMeasured(var known, var measured)
                ? measured.print()
                : "";
        return new Found(
                patient.id().gsrn(),
                patient.bandInstance(),
                patient.name(),
                patient.born().toString(),
                weight,
                surface,
                patient.careArea(),
                patient.admitted());
    }
}
