package io.venule.store;

import io.venule.audit.Checkpoint;
import io.venule.audit.CheckpointMemory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@link CheckpointMemory} in a folder of its own: the file {@code checkpoint} is the last signed note, as an export holds it. A new one is
 * written beside it, forced to disk and renamed over it, under a lock that holds between processes; a crash leaves the old or the new.
 */
@Singleton
final class FileCheckpointMemory implements CheckpointMemory {
    private final Path folder;
    private final CheckpointKey key;

    FileCheckpointMemory(@ConfigProperty(name = "venule.audit.memory") Path folder, CheckpointKey key) {
        this.folder = folder;
        this.key = key;
    }

    @Override
    public Optional<Checkpoint> last() {
        try {
            return Optional.of(key.verified(Files.readString(folder.resolve("checkpoint"), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the last checkpoint cannot be read in " + folder, e);
        }
    }

    @Override
    public synchronized boolean swap(Optional<Checkpoint> expected, Checkpoint next) {
        try {
            Files.createDirectories(folder);
            try (var lock = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = lock.lock()) {
                if (!last().map(Checkpoint::note).equals(expected.map(Checkpoint::note))) {
                    return false;
                }
                put(next);
                return true;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the last checkpoint cannot be kept in " + folder, e);
        }
    }

    @Override
    public String place() {
        return folder.toString();
    }

    private void put(Checkpoint next) throws IOException {
        var fresh = folder.resolve("checkpoint.next");
        try (var out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(next.note().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, folder.resolve("checkpoint"), StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
