package io.venule.web.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.release.LibraryReading;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Times;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** What a draft of the drug library would have done with what was ordered; nothing of it is kept. Source: EXPECTATIONS row 23. */
@Path("/library/what-if")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed(Roles.PHARMACIST)
public class WhatIfPages {
    private final Shells shells;
    private final WhatIfDesk desk;
    private final Problems problems;
    private final Times times;

    WhatIfPages(Shells shells, WhatIfDesk desk, Problems problems, Times times) {
        this.shells = shells;
        this.desk = desk;
        this.problems = problems;
        this.times = times;
    }

    /** Asks for a draft, and says what was wrong with the last one. */
    @CheckedTemplate(basePath = "library")
    record whatif(Shell shell, FaultsShown faults) implements TemplateInstance {}

    @CheckedTemplate(basePath = "library")
    record whatiftold(Shell shell, WhatIfView view) implements TemplateInstance {}

    @GET
    public TemplateInstance ask() {
        return new whatif(shells.here(), FaultsShown.NONE);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public TemplateInstance tell(@RestForm("draft") @Nullable FileUpload draft) throws IOException {
        var bytes = SentDraft.bytes(draft, problems);
        if (bytes.isEmpty()) {
            return new whatif(shells.here(), FaultsShown.of(SentDraft.NONE, List.of()));
        }
        return switch (desk.read(bytes.get())) {
            case LibraryReading.Loaded(var release) ->
                new whatiftold(shells.here(), WhatIfView.of(desk.of(release), times));
            case LibraryReading.Refused(var faults) ->
                new whatif(shells.here(), FaultsShown.of("The draft cannot be read. Nothing was tried.", faults));
        };
    }
}
