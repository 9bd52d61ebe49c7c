package io.venule.web.library;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.druglibrary.LibraryDiff;
import io.venule.release.LibraryDraft;
import io.venule.release.LibraryDraft.Said;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import io.venule.web.Roles;
import io.venule.web.library.DraftDesk.Received;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Drafts of the drug library, for programs. Source: EXPECTATIONS row 21. */
@Path("/api/v1/library/drafts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.PHARMACIST, Roles.AUDITOR})
public class DraftsApi {
    /** Of one answer: those that are not closed, then those that are, each by the latest word. */
    private static final int MOST = 100;

    private final DraftDesk desk;
    private final Quantities members;
    private final Problems problems;

    DraftsApi(DraftDesk desk, Quantities members, Problems problems) {
        this.desk = desk;
        this.members = members;
        this.problems = problems;
    }

    /**
     * A draft.
     *
     * @param state {@code IN_REVIEW}, {@code APPROVED}, {@code SIGNED}, {@code CLOSED}, {@code OVERTAKEN} or {@code PUBLISHED}
     * @param steps what was said to it, the first first
     */
    public record Draft(long counter, String sha256, String title, String state, List<Step> steps) {}

    /**
     * What one person said.
     *
     * @param what {@code SENT}, {@code APPROVED}, {@code SIGNED}, {@code CLOSED} or {@code PUBLISHED}
     * @param reason {@code LIMIT}, {@code CONTENT}, {@code SOURCE}, {@code QUESTION} or {@code NOT_NEEDED}; empty where it was not closed
     * @param active SHA-256 of the release that was the active one, and that it was compared with
     * @param at when, in UTC
     */
    public record Step(String what, String reason, String name, String active, String at) {}

    /** Why it is closed. */
    public record Close(@Nullable String reason) {}

    /** What {@code ops/library sign} wrote: one signature, compact JWS. */
    public record Sign(@Nullable String signature) {}

    @GET
    public List<Draft> all() {
        return desk.newest(MOST).stream().map(this::shown).toList();
    }

    /** The body is the exact bytes of a release, or the active one's entries as a table. */
    @POST
    @Consumes({MediaType.APPLICATION_JSON, ReleaseDownloads.TABLE})
    @RolesAllowed(Roles.PHARMACIST)
    public RestResponse<Draft> send(byte[] draft) {
        return switch (desk.send(draft)) {
            case Received.Kept(var kept, var isNew) ->
                RestResponse.status(isNew ? RestResponse.Status.CREATED : RestResponse.Status.OK, shown(kept));
            case Received.Faulty(var faults) -> throw problems.faultyLibrary(faults);
        };
    }

    @GET
    @Path("{sha256}")
    public Draft one(@PathParam("sha256") String sha256) {
        return shown(desk.draft(sha256));
    }

    /** Its exact bytes: what is signed. */
    @GET
    @Path("{sha256}/bytes")
    public byte[] bytes(@PathParam("sha256") String sha256) {
        return desk.release(sha256).canonicalBytes();
    }

    /** What is different in it from the active release. */
    @GET
    @Path("{sha256}/changes")
    public ReleasesApi.Changes changes(@PathParam("sha256") String sha256) {
        return ReleasesApi.changes(LibraryDiff.between(
                desk.active().library(), desk.release(sha256).library()));
    }

    @POST
    @Path("{sha256}/approve")
    @ResponseStatus(200)
    @RolesAllowed(Roles.PHARMACIST)
    public Draft approve(@PathParam("sha256") String sha256) {
        return shown(desk.approve(sha256));
    }

    @POST
    @Path("{sha256}/sign")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(200)
    @RolesAllowed(Roles.PHARMACIST)
    public Draft sign(@PathParam("sha256") String sha256, @Nullable Sign sign) {
        return shown(desk.sign(sha256, members.body(sign).signature()));
    }

    @POST
    @Path("{sha256}/publish")
    @ResponseStatus(200)
    @RolesAllowed(Roles.PHARMACIST)
    public Draft publish(@PathParam("sha256") String sha256) {
        return shown(desk.publish(sha256));
    }

    @POST
    @Path("{sha256}/close")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(200)
    @RolesAllowed(Roles.PHARMACIST)
    public Draft close(@PathParam("sha256") String sha256, @Nullable Close close) {
        return shown(desk.close(sha256, members.body(close).reason()));
    }

    private Draft shown(LibraryDraft draft) {
        return new Draft(
                draft.version().counter(),
                draft.version().sha256(),
                draft.title(),
                desk.state(draft).name(),
                draft.steps().stream().map(DraftsApi::shown).toList());
    }

    private static Step shown(LibraryDraft.Step step) {
        var what = switch (step.said()) {
            case Said.Sent _ -> "SENT";
            case Said.Approved _ -> "APPROVED";
            case Said.Signed _ -> "SIGNED";
            case Said.Published _ -> "PUBLISHED";
            case Said.Closed _ -> "CLOSED";
        };
        var reason = step.said() instanceof Said.Closed(var why) ? why.name() : "";
        return new Step(what, reason, step.name(), step.base(), step.at().toString());
    }
}
