package io.venule.release;

import io.venule.release.Faults.Place;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** A release as the files that it was joined from. */
final class ReleaseFolder {
    private ReleaseFolder() {}

    /** Writes it under another counter into a folder that is made for it, and reads that again. */
    static Release write(Release release, long counter, Path folder) {
        var parts = parts(release);
        try {
            Files.createDirectories(folder.resolve("drugs"));
            write(folder.resolve("library.json"), counted(parts.library().json(), counter));
            write(folder.resolve("care-areas.json"), parts.careAreas().json());
            write(folder.resolve("products.json"), parts.products().json());
            for (var drug : parts.drugs()) {
                write(folder.resolve("drugs").resolve(code(drug.json()) + ".json"), drug.json());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot be written: " + folder, e);
        }
        return switch (LibraryText.read(folder)) {
            case LibraryReading.Loaded(var written) -> written;
            case LibraryReading.Refused(var faults) ->
                throw new IllegalStateException("what was written cannot be read: " + faults);
        };
    }

    static Parts parts(Release release) {
        return switch (CanonicalJson.parseCanonical(release.canonicalBytes())) {
            case CanonicalJson.Parsed.Ok(var json) -> LibraryText.split((JsonObject) json, new Place("release", ""));
            case CanonicalJson.Parsed.Refused(var reason) ->
                throw new IllegalStateException("a release that cannot be read: " + reason);
        };
    }

    static Json counted(Json library, long counter) {
        var members = new TreeMap<>(((JsonObject) library).members());
        members.put("counter", Json.whole(counter));
        return new JsonObject(members);
    }

    static String code(Json drug) {
        if (drug instanceof JsonObject(var members) && members.get("code") instanceof JsonText(var code)) {
            return code;
        }
        throw new IllegalStateException("a drug of a release has no code");
    }

    private static void write(Path file, Json json) throws IOException {
        Files.writeString(file, CanonicalJson.text(json) + "\n");
    }
}
