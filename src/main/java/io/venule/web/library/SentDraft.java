package io.venule.web.library;

import io.venule.release.LibraryText;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** A draft as a form sends it. */
final class SentDraft {
    static final String NONE = "No file was chosen, or it is empty.";

    private SentDraft() {}

    /** Its bytes; empty where no file was chosen, or one without content. A typed problem where it is beyond any library. */
    static Optional<byte[]> bytes(@Nullable FileUpload draft, Problems problems) throws IOException {
        if (draft == null || draft.size() == 0) {
            return Optional.empty();
        }
        if (draft.size() > LibraryText.LARGEST_DRAFT) {
            throw problems.refuse(ProblemType.TOO_LARGE, "");
        }
        return Optional.of(Files.readAllBytes(draft.uploadedFile()));
    }
}
