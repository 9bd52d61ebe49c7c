package io.venule.web.library;

import io.venule.release.LibraryText;
import io.venule.signing.Jws;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** A draft, or a signature over one, as a form sends it. */
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

    /** The text of a small file; empty where none was chosen. A typed problem where it is longer than any signature. */
    static String text(@Nullable FileUpload file, Problems problems) throws IOException {
        if (file == null) {
            return "";
        }
        if (file.size() > Jws.MAX_LENGTH) {
            throw problems.refuse(ProblemType.TOO_LARGE, "");
        }
        return new String(Files.readAllBytes(file.uploadedFile()), StandardCharsets.ISO_8859_1);
    }
}
