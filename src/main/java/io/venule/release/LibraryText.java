package io.venule.release;

import io.venule.release.Faults.Place;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the hospital's drug library, as files or as the one text of a release. What is inconsistent is refused as a whole, every fault
 * named with file, entry and remedy. Source: docs/drug-library.md.
 */
public final class LibraryText {
    private static final String EXACT_BYTES =
            "Take the file that ops/library release wrote, or the bytes of a release that a server kept, unchanged";

    private static final int MAX_FILE_BYTES = 1 << 20;
    /** Bytes of a draft that is sent to a server: many times a large hospital's library. */
    public static final int LARGEST_DRAFT = 4 << 20;

    private static final int MAX_FILES = 5_000;
    private static final List<String> SINGLE_FILES = List.of("library.json", "care-areas.json", "products.json");

    private LibraryText() {}

    /** Reads the folder of a library; what is not JSON and what is in {@code schema} is left alone. */
    public static LibraryReading read(Path folder) {
        var files = new TreeMap<String, byte[]>();
        try (var paths = Files.walk(folder, 3)) {
            for (var path :
                    paths.filter(Files::isRegularFile).limit(MAX_FILES + 1L).toList()) {
                var name = folder.relativize(path).toString().replace('\\', '/');
                if (name.endsWith(".json") && !name.startsWith("schema/")) {
                    files.put(name, Files.readAllBytes(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(files);
    }

    /** Reads a folder, or a file with the exact bytes of a release; what is neither is an {@link IllegalArgumentException}. */
    public static LibraryReading readAny(Path place) {
        if (Files.isDirectory(place)) {
            return read(place);
        }
        try {
            if (!Files.isRegularFile(place) || Files.size(place) > CanonicalJson.MAX_BYTES) {
                throw new IllegalArgumentException("No folder of a library, and no file of a release: " + place);
            }
            return readRelease(Files.readAllBytes(place));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot be read: " + place, e);
        }
    }

    /** Reads files by their name within the library's folder, such as {@code drugs/dopamine.json}. */
    public static LibraryReading read(Map<String, byte[]> files) {
        var faults = new Faults();
        if (files.size() > MAX_FILES) {
            faults.add(new Place("", ""), "more than " + MAX_FILES + " files", "Take out what is not the library");
            return new LibraryReading.Refused(faults.all());
        }
        var parsed = new TreeMap<String, Part>();
        new TreeMap<>(files).forEach((name, content) -> parse(name, content, faults, parsed));
        for (var name : SINGLE_FILES) {
            if (!files.containsKey(name)) {
                faults.add(new Place(name, ""), "the file is missing", "Add it");
            }
        }
        if (!faults.isEmpty() && SINGLE_FILES.stream().anyMatch(name -> !parsed.containsKey(name))) {
            return new LibraryReading.Refused(faults.all());
        }
        var drugs = parsed.entrySet().stream()
                .filter(file -> file.getKey().startsWith("drugs/"))
                .map(Map.Entry::getValue)
                .toList();
        return new LibraryReader(faults)
                .read(new Parts(
                        part(parsed, "library.json"),
                        part(parsed, "care-areas.json"),
                        drugs,
                        part(parsed, "products.json")));
    }

    private static Part part(Map<String, Part> parsed, String name) {
        var part = parsed.get(name);
        if (part == null) {
            throw new IllegalStateException(name + " was there a moment ago");
        }
        return part;
    }

    private static void parse(String name, byte[] content, Faults faults, Map<String, Part> parsed) {
        var place = new Place(name, "");
        if (!SINGLE_FILES.contains(name) && !name.matches("drugs/[a-z0-9-]+\\.json")) {
            faults.add(place, "a file that is no part of a library", "Take it out or correct its name");
            return;
        }
        switch (CanonicalJson.parse(content, MAX_FILE_BYTES)) {
            case CanonicalJson.Parsed.Ok(var json) -> parsed.put(name, new Part(json, place));
            case CanonicalJson.Parsed.Refused(var reason) ->
                faults.add(
                        place, "it is not JSON of our kind: " + reason, "Write objects, lists, strings and integers");
        }
    }

    /** Reads the one text of a release again; anything but its exact canonical bytes is refused. */
    public static LibraryReading readRelease(byte[] canonical) {
        var faults = new Faults();
        var place = new Place("release", "");
        var parts = new ArrayList<Parts>();
        switch (CanonicalJson.parseCanonical(canonical)) {
            case CanonicalJson.Parsed.Refused(var reason) -> faults.add(place, reason, EXACT_BYTES);
            case CanonicalJson.Parsed.Ok(var json) -> {
                if (json instanceof JsonObject object) {
                    parts.add(split(object, place));
                } else {
                    faults.add(place, "it is not an object", EXACT_BYTES);
                }
            }
        }
        if (parts.isEmpty()) {
            return new LibraryReading.Refused(faults.all());
        }
        var joined = CanonicalJson.write(parts.getFirst().joined());
        if (!Arrays.equals(joined, canonical)) {
            faults.add(place, "it is not the text of a release of version 1", EXACT_BYTES);
            return new LibraryReading.Refused(faults.all());
        }
        return new LibraryReader(faults).read(parts.getFirst());
    }

    /** The parts that a release was joined from. */
    static Parts split(JsonObject release, Place place) {
        var drugs = new ArrayList<Part>();
        if (member(release, "drugs") instanceof Json.JsonList(var items)) {
            items.forEach(item -> drugs.add(new Part(item, place)));
        }
        return new Parts(
                new Part(member(release, "library"), place),
                new Part(member(release, "careAreas"), place),
                drugs,
                new Part(member(release, "products"), place));
    }

    private static Json member(JsonObject release, String name) {
        return release.members().getOrDefault(name, Json.text(""));
    }
}
