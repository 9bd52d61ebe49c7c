package io.venule.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.staff.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Who the caller is. */
@Path("/api/v1/me")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MeApi {
    private final Staff staff;

    MeApi(Staff staff) {
        this.staff = staff;
    }

    /** The caller. */
    public record Me(String subject, String name, List<String> roles) {}

    @GET
    @RolesAllowed({Roles.PHARMACIST, Roles.NURSE, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
    public Me me() {
        var person = staff.signedIn();
        return new Me(
                person.id().value(),
                person.name(),
                person.roles().stream().map(Role::realmName).sorted().toList());
    }
}
