package io.venule.web.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.DrugLibrary;
import io.venule.order.LibraryReach;
import io.venule.release.ActiveRelease;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Times;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** The drug library for people: browse, search, one entry with everything that is known of it. */
@Path("/library")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed({Roles.PHARMACIST, Roles.NURSE, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
public class LibraryPages {
    /** Rows of one page: what a person reads before they search instead. */
    private static final int PAGE = 60;

    private final Shells shells;
    private final Problems problems;
    private final ActiveRelease active;
    private final LibraryReach reach;
    private final Times times;
    private final InstantSource clock;

    LibraryPages(
            Shells shells,
            Problems problems,
            ActiveRelease active,
            LibraryReach reach,
            Times times,
            InstantSource clock) {
        this.shells = shells;
        this.problems = problems;
        this.active = active;
        this.reach = reach;
        this.times = times;
        this.clock = clock;
    }

    /** Which release is shown. */
    public record Release(long counter, String sha256, String title) {}

    /** What was asked for and which part of the answer is shown. */
    public record Found(String careArea, String text, int total, int from, int next, List<EntryView> entries) {
        /** Where the shown part ends, counted from 1. */
        public int until() {
            return from + entries.size();
        }
    }

    @CheckedTemplate(basePath = "library")
    record browse(Shell shell, Release release, Push push, Collection<CareArea> areas, Found found)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "library")
    record entry(Shell shell, Release release, EntryView entry, List<EntryView> others) implements TemplateInstance {}

    @GET
    public TemplateInstance browse(
            @RestQuery @DefaultValue("") String careArea,
            @RestQuery @DefaultValue("") String q,
            @RestQuery @DefaultValue("0") int from) {
        var library = active.library();
        var all = LibrarySearch.find(library, careArea, q, clock.instant());
        var start = Math.clamp(from, 0, Math.max(0, all.size() - 1));
        var end = Math.min(all.size(), start + PAGE);
        var shown = all.subList(start, end).stream()
                .map(entry -> EntryViews.of(entry, library))
                .toList();
        var found = new Found(careArea, q, all.size(), start, end < all.size() ? end : -1, shown);
        var reached = reach.of(library.version().sha256(), Push.MOST_NAMED);
        var push = Push.of(reached, library.version(), times);
        return new browse(shells.here(), release(library), push, library.careAreas(), found);
    }

    @GET
    @Path("entry")
    public TemplateInstance entry(@RestQuery @DefaultValue("") String id) {
        var library = active.library();
        var entry = library.entry(id)
                .orElseThrow(() ->
                        problems.refuse(ProblemType.NOT_FOUND, "The active library release holds no such entry."));
        var others = LibrarySearch.find(library, "", "", clock.instant()).stream()
                .filter(other -> other.drug().code().equals(entry.drug().code())
                        && !other.id().equals(id))
                .map(other -> EntryViews.of(other, library))
                .toList();
        return new entry(shells.here(), release(library), EntryViews.of(entry, library), others);
    }

    private static Release release(DrugLibrary library) {
        return new Release(library.version().counter(), library.version().sha256(), library.title());
    }
}
