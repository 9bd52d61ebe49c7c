package io.venule.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.barcode.Labels;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Draws the labels that this hospital prints itself. */
@Path("/api/v1/labels")
@RunOnVirtualThread
@RolesAllowed({Roles.PHARMACIST, Roles.NURSE, Roles.BIOMED, Roles.ADMIN})
public class LabelsApi {
    private final LabelForms forms;
    private final LabelPictures pictures;
    private final Quantities members;

    LabelsApi(LabelForms forms, LabelPictures pictures, Quantities members) {
        this.forms = forms;
        this.pictures = pictures;
        this.members = members;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces("image/png")
    public Response draw(LabelForms.@Nullable Form form) {
        var text = forms.elementString(members.body(form));
        return Response.ok(pictures.draw(text), "image/png")
                .header("X-Element-String", Labels.printed(text))
                .build();
    }
}
