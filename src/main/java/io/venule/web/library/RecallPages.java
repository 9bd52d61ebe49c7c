package io.venule.web.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.barcode.Barcodes;
import io.venule.barcode.Scan;
import io.venule.order.Recall;
import io.venule.pairing.Lot;
import io.venule.staff.Role;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Staff;
import io.venule.web.Times;
import io.venule.web.library.LotViews.LotShown;
import io.venule.web.library.LotViews.RecallShown;
import io.venule.web.library.LotViews.Use;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Recalled lots for people: which stand, what was done with bags of a lot, and for pharmacists recalling one. Source: EXPECTATIONS rows 16 and 20. */
@Path("/library")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed({Roles.PHARMACIST, Roles.NURSE, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
public class RecallPages {
    private final Shells shells;
    private final Staff staff;
    private final LotViews lots;
    private final RecallDesk desk;
    private final Times times;
    private final InstantSource clock;

    RecallPages(Shells shells, Staff staff, LotViews lots, RecallDesk desk, Times times, InstantSource clock) {
        this.shells = shells;
        this.staff = staff;
        this.lots = lots;
        this.desk = desk;
        this.times = times;
        this.clock = clock;
    }

    /** A recall and since when it stands. */
    public record Standing(RecallShown recall, Times.Shown since) {}

    /** An infusion from a bag of the lot, and when it was ordered. */
    public record Used(Use use, Times.Shown at) {}

    /**
     * One lot for the eye.
     *
     * @param standing the recalls that take in bags of it
     * @param declares reasons for recalling it; none for who may not, or where all of it is recalled
     * @param lifts reasons for lifting that; none for who may not
     */
    public record Looked(
            LotShown lot, List<Standing> standing, List<Used> used, List<Reason> declares, List<Reason> lifts) {
        /** Whether no more are shown than there may be. */
        public boolean full() {
            return used.size() == LotViews.MOST_ORDERS;
        }
    }

    @CheckedTemplate(basePath = "library")
    record recalls(Shell shell, List<Standing> standing, boolean recalls) implements TemplateInstance {}

    @CheckedTemplate(basePath = "library")
    record lot(Shell shell, Looked looked) implements TemplateInstance {}

    @GET
    @Path("recalls")
    public TemplateInstance standing() {
        return new recalls(
                shells.here(), lots.standing().stream().map(this::standing).toList(), mayRecall());
    }

    /** A scanned bag, or a lot number, or that with its product. */
    @GET
    @Path("lot")
    public TemplateInstance one(
            @RestQuery @DefaultValue("") String q,
            @RestQuery @DefaultValue("") String gtin,
            @RestQuery @DefaultValue("") String lot) {
        var shown = lots.of(q.isBlank() ? desk.lot(gtin, lot) : read(q.strip()));
        var standing = shown.recalls().stream().map(this::standing).toList();
        var used = shown.orders().stream()
                .map(use -> new Used(use, times.show(Instant.parse(use.approvedAt()))))
                .toList();
        return new lot(
                shells.here(),
                new Looked(
                        shown,
                        standing,
                        used,
                        mayRecall() && !shown.whole() ? declares() : List.of(),
                        mayRecall() ? lifts() : List.of()));
    }

    @POST
    @Path("recalls")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Roles.PHARMACIST)
    public Response declare(
            @RestForm @Nullable String gtin,
            @RestForm @Nullable String lot,
            @RestForm @Nullable String reason,
            @RestForm @Nullable String reference) {
        desk.declare(new RecallDesk.Form(gtin, lot, reason, reference));
        return Response.seeOther(UriBuilder.fromPath("/library/lot")
                        .queryParam("gtin", "{gtin}")
                        .queryParam("lot", "{lot}")
                        .build(Objects.requireNonNullElse(gtin, ""), Objects.requireNonNullElse(lot, "")))
                .build();
    }

    @POST
    @Path("recalls/{number}/lift")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Roles.PHARMACIST)
    public Response lift(@PathParam("number") long number, @RestForm @Nullable String reason) {
        desk.lift(number, reason);
        return Response.seeOther(URI.create("/library/recalls")).build();
    }

    private Lot read(String text) {
        return Barcodes.read(text, clock.instant()) instanceof Scan.Bag bag
                        && !bag.lot().isEmpty()
                ? Lot.of(bag)
                : desk.lot("", text);
    }

    private Standing standing(RecallShown recall) {
        return new Standing(recall, times.show(Instant.parse(recall.since())));
    }

    private boolean mayRecall() {
        return staff.signedIn().is(Role.PHARMACIST);
    }

    private static List<Reason> declares() {
        return Arrays.stream(Recall.Reason.values())
                .map(reason -> new Reason(reason.name(), reason.words()))
                .toList();
    }

    private static List<Reason> lifts() {
        return Arrays.stream(Recall.Lifted.values())
                .map(reason -> new Reason(reason.name(), reason.words()))
                .toList();
    }
}
