package io.venule.web.library;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.release.ActiveRelease;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** The drug library for programs. */
@Path("/api/v1/library")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.PHARMACIST, Roles.NURSE, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
public class LibraryApi {
    private final Problems problems;
    private final ActiveRelease active;
    private final InstantSource clock;

    LibraryApi(Problems problems, ActiveRelease active, InstantSource clock) {
        this.problems = problems;
        this.active = active;
        this.clock = clock;
    }

    /** The active release. */
    public record Release(long counter, String sha256, String title, int entries, int products, List<Area> careAreas) {}

    /** A care area. */
    public record Area(String code, String name, String keepVeinOpen) {}

    @GET
    public Release release() {
        var library = active.library();
        var areas = library.careAreas().stream()
                .map(area ->
                        new Area(area.code(), area.name(), area.keepVeinOpen().print()))
                .toList();
        return new Release(
                library.version().counter(),
                library.version().sha256(),
                library.title(),
                library.entries().size(),
                library.products().size(),
                areas);
    }

    @GET
    @Path("entries")
    public List<EntryView> entries(
            @RestQuery @DefaultValue("") String careArea, @RestQuery @DefaultValue("") String q) {
        var library = active.library();
        return LibrarySearch.find(library, careArea, q, clock.instant()).stream()
                .map(entry -> EntryViews.of(entry, library))
                .toList();
    }

    @GET
    @Path("entry")
    public EntryView entry(@RestQuery @DefaultValue("") String id) {
        var library = active.library();
        return library.entry(id)
                .map(entry -> EntryViews.of(entry, library))
                .orElseThrow(() ->
                        problems.refuse(ProblemType.NOT_FOUND, "The active library release holds no such entry."));
    }
}
