package io.venule.web.auditlog;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.signing.NoteKey;
import io.venule.web.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.List;

/** The audit log for programs. */
@Path("/api/v1/audit")
@RunOnVirtualThread
@RolesAllowed(Roles.AUDITOR)
public class AuditApi {
    private final LogReading reading;
    private final NoteKey key;

    AuditApi(LogReading reading, NoteKey key) {
        this.reading = reading;
        this.key = key;
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

    @GET
    @Path("export")
    @Produces("application/zip")
    public Response export() throws IOException {
        var directory = reading.export();
        StreamingOutput body = out -> LogReading.zip(directory, out);
        return Response.ok(body)
                .header("Content-Disposition", "attachment; filename=\"venule-log.zip\"")
                .build();
    }
}
