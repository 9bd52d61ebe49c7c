package io.venule.web.bedside;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.audit.AuditKind;
import io.venule.order.Admissions;
import io.venule.order.Commitments;
import io.venule.order.Ward;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.release.ActiveRelease;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Enters prescriptions, until an EHR does. */
@Path("/api/v1/prescriptions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.PHARMACIST)
public class PrescriptionsApi {
    /** How long a prescription may be started where nothing else is said. */
    private static final Duration USUAL_LIFE = Duration.ofDays(7);

    private final Admissions admissions;
    private final Ward ward;
    private final ActiveRelease active;
    private final Commitments commitments;
    private final Quantities members;
    private final Problems problems;
    private final Staff staff;
    private final InstantSource clock;

    PrescriptionsApi(
            Admissions admissions,
            Ward ward,
            ActiveRelease active,
            Commitments commitments,
            Quantities members,
            Problems problems,
            Staff staff,
            InstantSource clock) {
        this.admissions = admissions;
        this.ward = ward;
        this.active = active;
        this.commitments = commitments;
        this.members = members;
        this.problems = problems;
        this.staff = staff;
        this.clock = clock;
    }

    /** One of three ways to give a drug. */
    public record Regime(
            Quantities.@Nullable Quantity continuous,
            Quantities.@Nullable Quantity intermittent,
            @Nullable Long minutes,
            Quantities.@Nullable Quantity fluid) {}

    /** A prescription to enter. */
    public record Form(
            @Nullable String id,
            @Nullable String gsrn,
            @Nullable String libraryEntry,
            Quantities.@Nullable Mixture concentration,
            @Nullable Regime regimen,
            Quantities.@Nullable Quantity vtbi,
            @Nullable String route,
            @Nullable String from,
            @Nullable String until) {}

    /** A prescription that was entered. */
    public record Entered(String id, String drug, String libraryEntry, String until) {}

    @POST
    @ResponseStatus(201)
    public Entered enter(@Nullable Form sent) {
        var form = members.body(sent);
        var now = clock.instant();
        var entryId = members.text("libraryEntry", form.libraryEntry());
        var entry = active.library()
                .entry(entryId)
                .orElseThrow(() -> problems.refuse(
                        ProblemType.UNKNOWN_REFERENCE, "The drug library has no entry " + entryId + "."));
        var id = PrescriptionId.parse(members.text("id", form.id()))
                .orElseThrow(() -> members.invalid("id", "is not 4 to 20 capital letters, digits and hyphens"));
        var patient = members.exactly("gsrn", () -> new PatientId(members.text("gsrn", form.gsrn())));
        if (ward.patient(patient).isEmpty()) {
            throw problems.refuse(ProblemType.UNKNOWN_REFERENCE, "The patient is not on record.");
        }
        var prescription = new Prescription(
                id,
                patient,
                entry.drug().code(),
                entryId,
                mixture(form),
                regimen(form.regimen()),
                members.volume("vtbi", form.vtbi()),
                members.exactly("route", () -> Route.valueOf(members.text("route", form.route()))),
                instant("from", form.from(), now.minusSeconds(60)),
                instant("until", form.until(), now.plus(USUAL_LIFE)),
                true);
        keep(prescription, now);
        return new Entered(
                id.value(),
                entry.drug().tallMan(),
                entryId,
                prescription.until().toString());
    }

    private void keep(Prescription prescription, Instant now) {
        var audit = staff.does(AuditKind.PRESCRIPTION_ENTERED, now)
                .with("patient", commitments.of(prescription.patient()).orElseThrow())
                .with("prescription", prescription.id().value())
                .with("drug", prescription.drug())
                .with("limitSet", prescription.libraryEntry());
        if (!admissions.prescribe(prescription, audit)) {
            throw problems.refuse(
                    ProblemType.ALREADY_ON_RECORD, "Prescription " + prescription.id() + " is already on record.");
        }
    }

    private Prescription.Mixture mixture(Form form) {
        return form.concentration() == null
                ? new Prescription.Mixture.PlainFluid()
                : new Prescription.Mixture.DrugInVolume(members.concentration("concentration", form.concentration()));
    }

    private Regimen regimen(@Nullable Regime regime) {
        if (regime == null) {
            throw members.invalid("regimen", "is missing");
        }
        if (regime.continuous() != null) {
            return members.exactly(
                    "regimen.continuous",
                    () -> new Regimen.Continuous(members.dose("regimen.continuous", regime.continuous())));
        }
        if (regime.intermittent() != null) {
            var minutes = regime.minutes();
            if (minutes == null) {
                throw members.invalid("regimen.minutes", "is missing");
            }
            return members.exactly(
                    "regimen.intermittent",
                    () -> new Regimen.Intermittent(
                            members.dose("regimen.intermittent", regime.intermittent()), Duration.ofMinutes(minutes)));
        }
        return new Regimen.Fluid(members.rate("regimen.fluid", regime.fluid()));
    }

    private Instant instant(String member, @Nullable String text, Instant otherwise) {
        return text == null ? otherwise : members.exactly(member, () -> Instant.parse(text));
    }
}
