package io.venule.web.library;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.order.Recalls.Declared;
import io.venule.web.Quantities;
import io.venule.web.Roles;
import io.venule.web.library.LotViews.LotShown;
import io.venule.web.library.LotViews.RecallShown;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Recalled lots for programs, such as a pharmacy's own system. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.PHARMACIST, Roles.NURSE, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
public class RecallsApi {
    private final LotViews lots;
    private final RecallDesk desk;
    private final Quantities members;

    RecallsApi(LotViews lots, RecallDesk desk, Quantities members) {
        this.lots = lots;
        this.desk = desk;
        this.members = members;
    }

    /** Why a recall holds no longer: {@code ENDED} or {@code MISTAKEN}. */
    public record Lift(@Nullable String reason) {}

    @GET
    @Path("recalls")
    public List<RecallShown> standing() {
        return lots.standing();
    }

    @POST
    @Path("recalls")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.PHARMACIST)
    public RestResponse<RecallShown> declare(RecallDesk.@Nullable Form form) {
        return switch (desk.declare(members.body(form))) {
            case Declared.New(var recall) -> RestResponse.status(RestResponse.Status.CREATED, lots.shown(recall));
            case Declared.Stands(var recall) -> RestResponse.ok(lots.shown(recall));
        };
    }

    @POST
    @Path("recalls/{number}/lift")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(200)
    @RolesAllowed(Roles.PHARMACIST)
    public List<RecallShown> lift(@PathParam("number") long number, @Nullable Lift lift) {
        desk.lift(number, members.body(lift).reason());
        return lots.standing();
    }

    /** What was done with bags of a lot. */
    @GET
    @Path("lots")
    public LotShown lot(@RestQuery @DefaultValue("") String lot, @RestQuery @DefaultValue("") String gtin) {
        return lots.of(desk.lot(gtin, lot));
    }
}
