package io.venule.web.auditlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.signing.NoteKey;
import io.venule.web.Quantities;
import io.venule.web.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log for programs. */
@Path("/api/v1/audit")
@RunOnVirtualThread
@RolesAllowed(Roles.AUDITOR)
public class AuditApi {
    private final LogReading reading;
    private final LogSearch search;
    private final PatientLookup patients;
    private final Quantities members;
    private final NoteKey key;

    AuditApi(LogReading reading, LogSearch search, PatientLookup patients, Quantities members, NoteKey key) {
        this.reading = reading;
        this.search = search;
        this.patients = patients;
        this.members = members;
        this.key = key;
    }

    /**
     * What a search finds, newest first, a hundred at most.
     *
     * @param next ask again with {@code before} of this for older ones; missing where none are
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Found(List<EntryShown> entries, @Nullable Long next) {}

    /** By which band to look for a patient. */
    public record Band(@Nullable String wristband) {}

    /** Under which commitment the log names the patient. */
    public record Commitment(String patient) {}

    @GET
    @Path("entries")
    @Produces(MediaType.APPLICATION_JSON)
    public Found entries(@BeanParam Asked asked) {
        var page = search.find(search.readOrRefuse(asked));
        return new Found(page.entries().stream().map(EntryShown::of).toList(), page.next() < 0 ? null : page.next());
    }

    @POST
    @Path("patients")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Commitment patient(@Nullable Band band) {
        return new Commitment(
                patients.commitment(members.text("wristband", members.body(band).wristband())));
    }

    @GET
    @Path("orders/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.AUDITOR, Roles.NURSE, Roles.PHARMACIST})
    public List<EntryShown> timeline(@PathParam("id") String id) {
        return reading.timeline(id);
    }

    @GET
    @Path("entries/{index}")
    @Produces(MediaType.APPLICATION_JSON)
    public ProofShown proof(@PathParam("index") long index) {
        return reading.proof(index);
    }

    @GET
    @Path("checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    public String checkpoint() {
        return reading.checkpoint().note();
    }

    @GET
    @Path("verifier-key")
    @Produces(MediaType.TEXT_PLAIN)
    public String verifierKey() {
        return key.text() + "\n";
    }
}
