package io.venule.web.bedside;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.order.ChangeForm.Ask;
import io.venule.web.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Boluses from a running bag for programs: check the wanted dose, then send it. */
@Path("/api/v1/orders/{id}/bolus")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.NURSE)
public class BolusesApi {
    private final ChangeRequests requests;

    BolusesApi(ChangeRequests requests) {
        this.requests = requests;
    }

    @POST
    @Path("check")
    public ChangeView check(@PathParam("id") String id, ChangeRequests.@Nullable Change bolus) {
        return requests.check(id, Ask.BOLUS, bolus);
    }

    @POST
    public RestResponse<OrderShown> place(@PathParam("id") String id, ChangeRequests.@Nullable Change bolus) {
        return requests.place(id, Ask.BOLUS, bolus);
    }
}
