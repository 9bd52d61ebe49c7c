package io.venule.web.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.release.ActiveRelease;
import io.venule.release.LibraryReleases;
import io.venule.release.Release;
import io.venule.staff.Role;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Staff;
import io.venule.web.Times;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** Every release that was ever the active one, and what changed from one to another. Source: EXPECTATIONS rows 20 and 22. */
@Path("/library")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed({Roles.PHARMACIST, Roles.NURSE, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
public class ReleasePages {
    /** Releases of one page: a year or two of a busy pharmacy. */
    private static final int PAGE = 30;

    private final Shells shells;
    private final LibraryReleases releases;
    private final ReleaseComparison comparison;
    private final ReleaseDownloads downloads;
    private final ActiveRelease active;
    private final Times times;
    private final Staff staff;

    ReleasePages(
            Shells shells,
            LibraryReleases releases,
            ReleaseComparison comparison,
            ReleaseDownloads downloads,
            ActiveRelease active,
            Times times,
            Staff staff) {
        this.shells = shells;
        this.releases = releases;
        this.comparison = comparison;
        this.downloads = downloads;
        this.active = active;
        this.times = times;
        this.staff = staff;
    }

    /** One side of a comparison. */
    public record Side(long counter, String sha256, String title) {
        static Side of(Release release) {
            return new Side(
                    release.version().counter(),
                    release.version().sha256(),
                    release.library().title());
        }
    }

    @CheckedTemplate(basePath = "library")
    record releases(Shell shell, List<ReleaseView> kept, long older, boolean tries, boolean drafts)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "library")
    record changes(Shell shell, ChangesShown changes) implements TemplateInstance {}

    @CheckedTemplate(basePath = "library")
    record first(Shell shell, Side release) implements TemplateInstance {}

    @GET
    @Path("releases")
    public TemplateInstance releases(@RestQuery @DefaultValue("" + Long.MAX_VALUE) long before) {
        var found = releases.activations(before, PAGE + 1);
        var kept = ReleaseView.of(found, PAGE, active.version().sha256(), times);
        return new releases(
                shells.here(),
                kept,
                found.size() > PAGE ? kept.getLast().number() : 0,
                staff.signedIn().is(Role.PHARMACIST),
                staff.signedIn().is(Role.PHARMACIST) || staff.signedIn().is(Role.AUDITOR));
    }

    @GET
    @Path("releases/{sha256}/table")
    @Produces(ReleaseDownloads.TABLE)
    public Response table(@PathParam("sha256") String sha256) {
        return downloads.table(sha256);
    }

    @GET
    @Path("releases/{sha256}/bytes")
    @Produces(MediaType.APPLICATION_JSON)
    public Response bytes(@PathParam("sha256") String sha256) {
        return downloads.bytes(sha256);
    }

    @GET
    @Path("changes")
    public TemplateInstance changes(@RestQuery @DefaultValue("") String from, @RestQuery @DefaultValue("") String to) {
        if (from.isEmpty()) {
            return new first(shells.here(), Side.of(comparison.release(to)));
        }
        return new changes(shells.here(), ChangesShown.between(comparison.release(from), comparison.release(to)));
    }
}
