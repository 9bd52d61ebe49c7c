package io.venule.web.auditlog;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.web.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** The log as files, for programs: all of it, or what a search found. */
@Path("/api/v1/audit/export")
@RunOnVirtualThread
@RolesAllowed(Roles.AUDITOR)
public class ExportApi {
    private final LogReading reading;
    private final LogDownloads downloads;

    ExportApi(LogReading reading, LogDownloads downloads) {
        this.reading = reading;
        this.downloads = downloads;
    }

    @GET
    @Produces("application/zip")
    public Response all() throws IOException {
        return reading.zipped();
    }

    @GET
    @Path("csv")
    @Produces("text/csv")
    public Response csv(@BeanParam Asked asked) {
        return downloads.csv(asked);
    }

    @GET
    @Path("bundle")
    @Produces("application/zip")
    public Response bundle(@BeanParam Asked asked) {
        return downloads.bundle(asked);
    }

    @GET
    @Path("fhir")
    @Produces("application/fhir+json")
    public Response fhir(@BeanParam Asked asked) {
        return downloads.fhir(asked);
    }
}
