package io.venule.web.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.release.LibraryDraft;
import io.venule.staff.Role;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Staff;
import io.venule.web.Times;
import io.venule.web.library.DraftDesk.Received;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Drafts of the drug library: who sent which, what is different in it, and who approved or closed it. Source: EXPECTATIONS row 21. */
@Path("/library/drafts")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed({Roles.PHARMACIST, Roles.AUDITOR})
public class DraftPages {
    /** Drafts on the page; the audit log names all. */
    private static final int MOST = 50;

    private final Shells shells;
    private final DraftDesk desk;
    private final WhatIfDesk whatIf;
    private final Problems problems;
    private final Staff staff;
    private final Times times;

    DraftPages(Shells shells, DraftDesk desk, WhatIfDesk whatIf, Problems problems, Staff staff, Times times) {
        this.shells = shells;
        this.desk = desk;
        this.whatIf = whatIf;
        this.problems = problems;
        this.staff = staff;
        this.times = times;
    }

    /**
     * What the one who is signed in can do with it.
     *
     * @param approves whether they can approve it now
     * @param own whether they sent it, so that somebody else must
     * @param signs whether they can sign it now
     * @param signed whether they did
     * @param publishes whether they can publish it now
     * @param subject by which the sign-in knows them, and their signature must
     * @param closes reasons for closing it; none for who may not, or where it is closed
     */
    public record Can(
            boolean pharmacist,
            boolean approves,
            boolean own,
            boolean signs,
            boolean signed,
            boolean publishes,
            String subject,
            List<Reason> closes) {}

    /** @param sends whether the one who is signed in may send drafts */
    @CheckedTemplate(basePath = "library")
    record drafts(Shell shell, List<DraftShown> kept, boolean sends, FaultsShown faults) implements TemplateInstance {}

    @CheckedTemplate(basePath = "library")
    record draft(Shell shell, DraftShown draft, ChangesShown changes, Can can) implements TemplateInstance {}

    @GET
    public TemplateInstance all() {
        return all(FaultsShown.NONE);
    }

    private TemplateInstance all(FaultsShown faults) {
        var kept = desk.newest(MOST).stream().map(this::shown).toList();
        return new drafts(shells.here(), kept, isPharmacist(), faults);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed(Roles.PHARMACIST)
    public Response send(@RestForm("draft") @Nullable FileUpload draft) throws IOException {
        var bytes = SentDraft.bytes(draft, problems);
        if (bytes.isEmpty()) {
            return Response.ok(all(FaultsShown.of(SentDraft.NONE, List.of()))).build();
        }
        return switch (desk.send(bytes.get())) {
            case Received.Kept(var kept, var _) -> at(kept);
            case Received.Faulty(var faults) ->
                Response.ok(all(FaultsShown.of("The draft cannot be taken. Nothing was kept.", faults)))
                        .build();
        };
    }

    @GET
    @Path("{sha256}")
    public TemplateInstance one(@PathParam("sha256") String sha256) {
        var kept = desk.draft(sha256);
        var shown = shown(kept);
        return new draft(
                shells.here(), shown, ChangesShown.between(desk.active(), desk.release(sha256)), can(kept, shown));
    }

    private Can can(LibraryDraft kept, DraftShown shown) {
        var person = staff.signedIn().id();
        var own = kept.isOf(person);
        var signed = kept.isSignedBy(person);
        return new Can(
                isPharmacist(),
                isPharmacist() && shown.isInReview() && !own,
                own,
                isPharmacist() && shown.isApproved() && !signed,
                signed,
                isPharmacist() && shown.isSigned(),
                person.value(),
                isPharmacist() && shown.isOpen() ? reasons() : List.of());
    }

    @GET
    @Path("{sha256}/bytes")
    @Produces(MediaType.APPLICATION_JSON)
    public Response bytes(@PathParam("sha256") String sha256) {
        return ReleaseDownloads.whole("draft", desk.release(sha256));
    }

    /** What it would have done with what was ordered. */
    @GET
    @Path("{sha256}/what-if")
    @RolesAllowed(Roles.PHARMACIST)
    public TemplateInstance whatIf(@PathParam("sha256") String sha256) {
        return new WhatIfPages.whatiftold(shells.here(), WhatIfView.of(whatIf.of(desk.release(sha256)), times));
    }

    @POST
    @Path("{sha256}/approve")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Roles.PHARMACIST)
    public Response approve(@PathParam("sha256") String sha256) {
        return at(desk.approve(sha256));
    }

    /** The file that {@code ops/library sign} wrote. */
    @POST
    @Path("{sha256}/sign")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed(Roles.PHARMACIST)
    public Response sign(@PathParam("sha256") String sha256, @RestForm("signature") @Nullable FileUpload signature)
            throws IOException {
        return at(desk.sign(sha256, SentDraft.text(signature, problems)));
    }

    @POST
    @Path("{sha256}/publish")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Roles.PHARMACIST)
    public Response publish(@PathParam("sha256") String sha256) {
        return at(desk.publish(sha256));
    }

    @POST
    @Path("{sha256}/close")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Roles.PHARMACIST)
    public Response close(@PathParam("sha256") String sha256, @RestForm @Nullable String reason) {
        return at(desk.close(sha256, reason));
    }

    private static Response at(LibraryDraft draft) {
        return Response.seeOther(URI.create("/library/drafts/" + draft.version().sha256()))
                .build();
    }

    private DraftShown shown(LibraryDraft draft) {
        return DraftShown.of(draft, desk.state(draft), times);
    }

    private boolean isPharmacist() {
        return staff.signedIn().is(Role.PHARMACIST);
    }

    private static List<Reason> reasons() {
        return Arrays.stream(LibraryDraft.Reason.values())
                .map(reason -> new Reason(reason.name(), reason.words()))
                .toList();
    }
}
