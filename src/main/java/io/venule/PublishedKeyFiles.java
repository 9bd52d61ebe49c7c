package io.venule;

import io.venule.signing.CanonicalJson;
import io.venule.signing.CanonicalJson.Parsed;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Jws;
import io.venule.signing.KeyFiles;
import io.venule.signing.KeyId;
import io.venule.signing.PublishedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds files in an installation's key folder that hold a key of the pump contract's examples, or the certificate of one. */
final class PublishedKeyFiles {
    private PublishedKeyFiles() {}

    /** The names of such files, sorted; none where there is no such folder. */
    static List<String> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder, 2)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> key(file).filter(PublishedKeys::hold).isPresent())
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key in the file; none in one that holds something else, about which those complain who read it. */
    private static Optional<KeyId> key(Path file) {
        try {
            var name = file.getFileName().toString();
            if (name.endsWith(".pub")) {
                return Optional.of(KeyFiles.verifyingKey(file).id());
            }
            if (name.endsWith(".key")) {
                return Optional.of(KeyFiles.signingKey(file).id());
            }
            return name.endsWith(".jws") ? certified(KeyFiles.certificate(file)) : Optional.empty();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<KeyId> certified(String certificate) {
        return Jws.unverifiedPayload(certificate)
                .flatMap(payload -> CanonicalJson.parse(payload) instanceof Parsed.Ok(JsonObject(var members))
                                && members.get("kid") instanceof JsonText(var kid)
                        ? KeyId.parse(kid)
                        : Optional.empty());
    }
}
