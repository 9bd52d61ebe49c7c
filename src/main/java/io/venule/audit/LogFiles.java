package io.venule.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a verifier reads a log's parts from: a directory, or whatever serves the same names. */
@FunctionalInterface
public interface LogFiles {
    /** Bytes of a file at most: 256 entries as long as they may be. */
    int MAX_BYTES = 256 * (2 + AuditEntry.MAX_BYTES);

    /** The bytes under this name; empty where there is none, or more than {@link #MAX_BYTES}. */
    Optional<byte[]> read(String name);

    /** Reads from an exported directory. */
    static LogFiles in(Path directory) {
        return name -> {
            var file = directory.resolve(name);
            try {
                if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                    return Optional.empty();
                }
                return Optional.of(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        };
    }
}
