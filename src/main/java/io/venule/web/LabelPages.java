package io.venule.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.barcode.Labels;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Base64;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** Prints one label; what it says stays in the form's body and never in an address. */
@Path("/labels")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed({Roles.PHARMACIST, Roles.BIOMED, Roles.ADMIN})
public class LabelPages {
    private final Shells shells;
    private final LabelForms forms;
    private final LabelPictures pictures;

    LabelPages(Shells shells, LabelForms forms, LabelPictures pictures) {
        this.shells = shells;
        this.forms = forms;
        this.pictures = pictures;
    }

    /** A label ready to print: the picture as base64 of a PNG, and the text beside it. */
    public record Made(String kind, String picture, String text) {}

    @CheckedTemplate(basePath = "labels")
    record labels(Shell shell) implements TemplateInstance {}

    @CheckedTemplate(basePath = "labels")
    record label(Shell shell, Made made) implements TemplateInstance {}

    /** The form's fields; which are needed depends on the kind. */
    static class Fields {
        @RestForm
        @Nullable
        String kind;

        @RestForm
        @Nullable
        String gsrn;

        @RestForm
        @Nullable
        String instance;

        @RestForm
        @Nullable
        String gtin;

        @RestForm
        @Nullable
        String expiry;

        @RestForm
        @Nullable
        String lot;

        @RestForm
        @Nullable
        String serial;

        @RestForm
        @Nullable
        String prescription;

        @RestForm
        @Nullable
        Integer channel;

        @RestForm
        @Nullable
        String number;
    }

    @GET
    public TemplateInstance choose() {
        return new labels(shells.here());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance make(Fields fields) {
        var text = forms.elementString(new LabelForms.Form(
                fields.kind,
                fields.gsrn,
                fields.instance,
                fields.gtin,
                fields.expiry,
                fields.lot,
                fields.serial,
                fields.prescription,
                fields.channel,
                fields.number));
        var picture = Base64.getEncoder().encodeToString(pictures.draw(text));
        return new label(
                shells.here(), new Made(fields.kind == null ? "" : fields.kind, picture, Labels.printed(text)));
    }
}
