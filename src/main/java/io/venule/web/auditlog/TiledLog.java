package io.venule.web.auditlog;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.audit.AuditLog;
import io.venule.audit.Cosignatures;
import io.venule.audit.LogTiles;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * The log as any tiled-log reader fetches it: the newest checkpoint and, under their fixed names, the tiles and bundles that it covers. The same bytes
 * as an export of the same checkpoint. Source: C2SP tlog-tiles.
 */
@Path("/audit/log")
@RunOnVirtualThread
@RolesAllowed(Roles.AUDITOR)
public class TiledLog {
    private final LogReading reading;
    private final Problems problems;
    private final LogTiles tiles;
    private final Cosignatures words;

    TiledLog(LogReading reading, Problems problems, AuditLog log, Cosignatures words) {
        this.words = words;
        this.reading = reading;
        this.problems = problems;
        this.tiles = new LogTiles(log::leaves, log.hashes());
    }

    @GET
    @Path("checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    public String checkpoint() {
        return reading.checkpoint().note();
    }

    /** A recent checkpoint with what witnesses said under it; the newest one, bare, while none of them has said anything. */
    @GET
    @Path("witnessed")
    @Produces(MediaType.TEXT_PLAIN)
    public String witnessed() {
        return words.witnessed().orElseGet(reading::checkpoint).note();
    }

    /** A tile or a bundle; one that the newest checkpoint does not cover is not there yet. */
    @GET
    @Path("tile/{name:.+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] part(@PathParam("name") String name) {
        return tiles.read("tile/" + name, reading.checkpoint().head().size())
                .orElseThrow(() -> problems.refuse(
                        ProblemType.NOT_FOUND, "The newest checkpoint covers no part of the log under this name."));
    }
}
