package io.venule.signing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds other projects' conformance vectors: in the repository, or beside it; the test is skipped where they are absent. */
public final class Vectors {
    private Vectors() {}

    /** The folder of that name. */
    public static Path folder(String name) {
        var own = Path.of("src", "test", "resources", "vectors", name);
        if (Files.isDirectory(own)) {
            return own;
        }
        var folder = Path.of(System.getProperty("vectors.dir", "../shared/vectors"), name);
        assumeTrue(Files.isDirectory(folder), "vectors are not here: " + name);
        return folder;
    }

    /** The JSON of one file. */
    public static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
