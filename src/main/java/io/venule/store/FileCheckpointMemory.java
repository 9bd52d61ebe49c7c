package io.venule.store;

import io.venule.audit.Checkpoint;
import io.venule.audit.CheckpointMemory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    private final Disk disk;

    FileCheckpointMemory(@ConfigProperty(name = "venule.audit.memory") Path folder, CheckpointKey key, Disk disk) {
        this.folder = folder;
        this.key = key;
        this.disk = disk;
    }

    @Override
    public Optional<Checkpoint> last() {
        try {
            return Optional.of(key.verified(disk.read(folder.resolve("checkpoint"))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the last checkpoint cannot be read in " + folder, e);
        }
    }

    @Override
    public synchronized boolean swap(Optional<Checkpoint> expected, Checkpoint next) {
        try {
            disk.makeFolder(folder);
            try (var _ = disk.lock(folder.resolve("lock"))) {
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
        try (var draft = disk.draft(fresh)) {
            var bytes = ByteBuffer.wrap(next.note().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                draft.write(bytes);
            }
            draft.force();
        }
        disk.rename(fresh, folder.resolve("checkpoint"));
        disk.forceFolder(folder);
    }
}
