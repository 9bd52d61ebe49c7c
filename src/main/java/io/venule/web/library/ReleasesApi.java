package io.venule.web.library;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.druglibrary.Difference;
import io.venule.druglibrary.Difference.Added;
import io.venule.druglibrary.Difference.Changed;
import io.venule.druglibrary.Difference.Fact;
import io.venule.druglibrary.Difference.Removed;
import io.venule.druglibrary.Difference.Row;
import io.venule.druglibrary.LibraryDiff;
import io.venule.druglibrary.LibraryDiff.Section;
import io.venule.druglibrary.LibraryVersion;
import io.venule.release.LibraryReleases;
import io.venule.web.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestQuery;

/** Every release that was ever the active one, for programs. */
@Path("/api/v1/library")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.PHARMACIST, Roles.NURSE, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
public class ReleasesApi {
    /** Of one answer; {@code before} asks for older ones. */
    private static final int MOST = 100;

    private final LibraryReleases releases;
    private final ReleaseComparison comparison;
    private final ReleaseDownloads downloads;

    ReleasesApi(LibraryReleases releases, ReleaseComparison comparison, ReleaseDownloads downloads) {
        this.releases = releases;
        this.comparison = comparison;
        this.downloads = downloads;
    }

    /**
     * A release that became the active one.
     *
     * @param number rises by one with each; a release that became it twice has two
     * @param activated when, in UTC
     */
    public record Kept(
            long number, long counter, String sha256, String title, List<String> signers, String activated) {}

    /** What is different between two releases; the same members as {@code ops/library compare --json} writes. */
    public record Changes(LibraryVersion before, LibraryVersion after, long flagged, List<Part> parts) {}

    /** One part of the library: {@code library}, {@code care areas}, {@code drugs}, {@code entries} or {@code products}. */
    public record Part(String part, int unchanged, List<Change> differences) {}

    /**
     * One thing that is not the same in both.
     *
     * @param facts what it says, of one that was added or removed
     * @param rows what is not the same, of one that both have
     */
    public record Change(String key, String name, String flag, List<Fact> facts, List<Member> rows) {}

    /** One member, before and after. */
    public record Member(String what, String before, String after, String flag) {}

    @GET
    @Path("releases")
    public List<Kept> releases(@RestQuery @DefaultValue("" + Long.MAX_VALUE) long before) {
        return releases.activations(before, MOST).stream()
                .map(kept -> new Kept(
                        kept.number(),
                        kept.version().counter(),
                        kept.version().sha256(),
                        kept.title(),
                        kept.signers(),
                        kept.at().toString()))
                .toList();
    }

    /** The exact bytes that were signed and that pumps got; their SHA-256 is the name. */
    @GET
    @Path("releases/{sha256}")
    public byte[] release(@PathParam("sha256") String sha256) {
        return comparison.bytes(sha256);
    }

    /** Its entries, as {@code ops/library table} writes them. */
    @GET
    @Path("releases/{sha256}/table")
    @Produces(ReleaseDownloads.TABLE)
    public Response table(@PathParam("sha256") String sha256) {
        return downloads.table(sha256);
    }

    @GET
    @Path("changes")
    public Changes changes(@RestQuery @DefaultValue("") String from, @RestQuery @DefaultValue("") String to) {
        return changes(comparison.between(from, to).diff());
    }

    static Changes changes(LibraryDiff diff) {
        return new Changes(
                diff.before(),
                diff.after(),
                diff.flagged(),
                diff.sections().stream().map(ReleasesApi::part).toList());
    }

    private static Part part(Section section) {
        return new Part(
                section.part().word().toLowerCase(Locale.ROOT),
                section.unchanged(),
                section.differences().stream().map(ReleasesApi::change).toList());
    }

    private static Change change(Difference difference) {
        var flag = difference.gravest().word();
        return switch (difference) {
            case Added(var key, var name, var facts) -> new Change(key, name, flag, facts, List.of());
            case Removed(var key, var name, var facts) -> new Change(key, name, flag, facts, List.of());
            case Changed(var key, var name, var rows) ->
                new Change(
                        key,
                        name,
                        flag,
                        List.of(),
                        rows.stream().map(ReleasesApi::member).toList());
        };
    }

    private static Member member(Row row) {
        return new Member(row.what(), row.before(), row.after(), row.flag().word());
    }
}
