package io.venule.web.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.release.LibraryFault;
import io.venule.release.LibraryReading;
import io.venule.release.LibraryText;
import io.venule.web.ProblemType;
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
import java.nio.file.Files;
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
    /** Whoever has more mends these first. */
    private static final int MOST_FAULTS = 100;

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

    /**
     * Asks for a draft.
     *
     * @param notice what was wrong with the last try; empty where nothing was
     * @param all how many faults the draft has
     * @param faults the first of them
     */
    @CheckedTemplate(basePath = "library")
    record whatif(Shell shell, String notice, int all, List<LibraryFault> faults) implements TemplateInstance {}

    @CheckedTemplate(basePath = "library")
    record whatiftold(Shell shell, WhatIfView view) implements TemplateInstance {}

    @GET
    public TemplateInstance ask() {
        return asking("", List.of());
    }

    private TemplateInstance asking(String notice, List<LibraryFault> faults) {
        return new whatif(
                shells.here(),
                notice,
                faults.size(),
                faults.stream().limit(MOST_FAULTS).toList());
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public TemplateInstance tell(@RestForm("draft") @Nullable FileUpload draft) throws IOException {
        if (draft == null || draft.size() == 0) {
            return asking("No file was chosen, or it is empty.", List.of());
        }
        if (draft.size() > LibraryText.LARGEST_DRAFT) {
            throw problems.refuse(ProblemType.TOO_LARGE, "");
        }
        return switch (desk.read(Files.readAllBytes(draft.uploadedFile()))) {
            case LibraryReading.Loaded(var release) ->
                new whatiftold(shells.here(), WhatIfView.of(desk.of(release), times));
            case LibraryReading.Refused(var faults) -> asking("The draft cannot be read. Nothing was tried.", faults);
        };
    }
}
