package io.venule.web.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.druglibrary.CareArea;
import io.venule.order.Ending;
import io.venule.order.Endings;
import io.venule.order.LibraryReach;
import io.venule.release.ActiveRelease;
import io.venule.release.ActiveRelease.Look;
import io.venule.release.Release;
import io.venule.release.ReleaseFiles;
import io.venule.staff.Role;
import io.venule.web.EndsSoon;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Staff;
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
import org.jspecify.annotations.Nullable;

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
    private final Endings endings;
    private final Staff staff;
    private final Times times;
    private final InstantSource clock;

    LibraryPages(
            Shells shells,
            Problems problems,
            ActiveRelease active,
            LibraryReach reach,
            Endings endings,
            Staff staff,
            Times times,
            InstantSource clock) {
        this.shells = shells;
        this.problems = problems;
        this.active = active;
        this.reach = reach;
        this.endings = endings;
        this.staff = staff;
        this.times = times;
        this.clock = clock;
    }

    /**
     * Which release is shown.
     *
     * @param use what it says it is for
     */
    public record Heading(long counter, String sha256, String title, String use) {
        /** Whether it says that it is for clinical use, and not that it is an example. */
        public boolean clinical() {
            return use.equals(ReleaseFiles.CLINICAL_USE);
        }
    }

    /**
     * What must be seen to before the library can be relied on.
     *
     * @param notBelieved what was published and is not worked with; null where there is no such thing
     * @param endings keys that end soon, for pharmacists
     */
    public record News(Look.@Nullable NotBelieved notBelieved, List<EndsSoon> endings) {}

    /** What was asked for and which part of the answer is shown. */
    public record Found(String careArea, String text, int total, int from, int next, List<EntryView> entries) {
        /** Where the shown part ends, counted from 1. */
        public int until() {
            return from + entries.size();
        }
    }

    @CheckedTemplate(basePath = "library")
    record browse(Shell shell, Heading release, News news, Push push, Collection<CareArea> areas, Found found)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "library")
    record entry(Shell shell, Heading release, EntryView entry, List<EntryView> others) implements TemplateInstance {}

    @GET
    public TemplateInstance browse(
            @RestQuery @DefaultValue("") String careArea,
            @RestQuery @DefaultValue("") String q,
            @RestQuery @DefaultValue("0") int from) {
        var release = active.release();
        var library = release.library();
        var all = LibrarySearch.find(library, careArea, q, clock.instant());
        var start = Math.clamp(from, 0, Math.max(0, all.size() - 1));
        var end = Math.min(all.size(), start + PAGE);
        var shown = all.subList(start, end).stream()
                .map(entry -> EntryViews.of(entry, library))
                .toList();
        var found = new Found(careArea, q, all.size(), start, end < all.size() ? end : -1, shown);
        var reached = reach.of(library.version().sha256(), Push.MOST_NAMED);
        var push = Push.of(reached, library.version(), times);
        return new browse(shells.here(), shown(release), news(), push, library.careAreas(), found);
    }

    @GET
    @Path("entry")
    public TemplateInstance entry(@RestQuery @DefaultValue("") String id) {
        var release = active.release();
        var library = release.library();
        var entry = library.entry(id)
                .orElseThrow(() ->
                        problems.refuse(ProblemType.NOT_FOUND, "The active library release holds no such entry."));
        var others = LibrarySearch.find(library, "", "", clock.instant()).stream()
                .filter(other -> other.drug().code().equals(entry.drug().code())
                        && !other.id().equals(id))
                .map(other -> EntryViews.of(other, library))
                .toList();
        return new entry(shells.here(), shown(release), EntryViews.of(entry, library), others);
    }

    private News news() {
        var endings = staff.signedIn().is(Role.PHARMACIST)
                ? EndsSoon.of(this.endings, kind -> kind == Ending.Kind.LIBRARY_KEY, times)
                : List.<EndsSoon>of();
        return new News(active.notBelieved().orElse(null), endings);
    }

    private static Heading shown(Release release) {
        return new Heading(
                release.version().counter(),
                release.version().sha256(),
                release.library().title(),
                release.use());
    }
}
