package io.venule.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The one folder in which a stack keeps everything that is its own: {@code data/}, {@code keys/}, {@code logs/} and its secrets.
 * Readable by its owner only. What closing leaves is {@link AfterUse}.
 */
public final class RunFolder implements AutoCloseable {
    /** What is left of the folder after use. */
    public enum AfterUse {
        KEEP_ALL,
        KEEP_LOGS,
        KEEP_NOTHING
    }

    private static final String LOCK = "in-use";

    private final Path root;
    private final AfterUse afterUse;
    /** Held while the folder is in use; the operating system lets go of it with the process. */
    private final FileChannel lock;

    private RunFolder(Path root, AfterUse afterUse) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        this.afterUse = afterUse;
        Files.createDirectories(this.root);
        Files.setPosixFilePermissions(this.root, PosixFilePermissions.fromString("rwx------"));
        this.lock = locked();
    }

    private FileChannel locked() throws IOException {
        var channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process, which is in use all the same.
        }
        channel.close();
        throw new IOException(root + " is in use by another stack; end that one, or use another folder");
    }

    /**
     * A folder that outlives the stack, so that a later start finds its state again.
     *
     * @throws IOException where another stack uses it, or it cannot be written
     */
    public static RunFolder kept(Path root) throws IOException {
        return new RunFolder(root, AfterUse.KEEP_ALL);
    }

    /** A new folder in the system's place for temporary files; nothing is left of it. */
    public static RunFolder temporary() throws IOException {
        return new RunFolder(Files.createTempDirectory("venule-"), AfterUse.KEEP_NOTHING);
    }

    /** A new folder under the build folder; its logs stay for whoever reads a failed test. */
    public static RunFolder forTests() throws IOException {
        var parent = Files.createDirectories(Path.of("target", "stack"));
        return new RunFolder(Files.createTempDirectory(parent, "run-"), AfterUse.KEEP_LOGS);
    }

    public Path root() {
        return root;
    }

    /** The part's own folder for what it must find again, created if absent. */
    public Path data(String part) throws IOException {
        return Files.createDirectories(root.resolve("data").resolve(part));
    }

    /** The part's log file; its folder exists. */
    public Path log(String part) throws IOException {
        return Files.createDirectories(root.resolve("logs")).resolve(part + ".log");
    }

    /** The folder for keys; not created, since the key maker insists on an empty place. */
    public Path keys() {
        return root.resolve("keys");
    }

    @Override
    public void close() throws IOException {
        lock.close();
        switch (afterUse) {
            case KEEP_ALL -> {}
            case KEEP_LOGS -> {
                try (var children = Files.list(root)) {
                    for (var child : children.toList()) {
                        if (!child.getFileName().toString().equals("logs")) {
                            deleteTree(child);
                        }
                    }
                }
            }
            case KEEP_NOTHING -> deleteTree(root);
        }
    }

    /** What a process that died in the middle must not leave: the data of a test, all of a folder that was temporary. */
    List<Path> temporaryParts() {
        return switch (afterUse) {
            case KEEP_ALL -> List.of();
            case KEEP_LOGS -> List.of(root.resolve("data"), keys());
            case KEEP_NOTHING -> List.of(root);
        };
    }

    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, java.io.@org.jspecify.annotations.Nullable IOException problem) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
