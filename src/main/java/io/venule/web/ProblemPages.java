package io.venule.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The catalogue of problems; open to all, because a problem's type is an address that must be readable wherever the problem is. */
@Path("/problems")
@PermitAll
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class ProblemPages {
    private final Shells shells;
    private final Problems problems;

    ProblemPages(Shells shells, Problems problems) {
        this.shells = shells;
        this.problems = problems;
    }

    @CheckedTemplate(basePath = "problems")
    record problem(Shell shell, Problem problem) implements TemplateInstance {}

    @CheckedTemplate(basePath = "problems")
    record catalogue(Shell shell, List<ProblemType> types) implements TemplateInstance {}

    @CheckedTemplate(basePath = "problems")
    record type(Shell shell, ProblemType type) implements TemplateInstance {}

    @GET
    public TemplateInstance all() {
        return new catalogue(shells.here(), List.of(ProblemType.values()));
    }

    @GET
    @Path("{slug}")
    public TemplateInstance one(@PathParam("slug") String slug) {
        return new type(
                shells.here(), ProblemType.ofSlug(slug).orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "")));
    }
}
