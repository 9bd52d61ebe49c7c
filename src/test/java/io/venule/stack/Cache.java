package io.venule.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** What is unpacked once and shared by every stack of this user: {@code ~/.cache/venule}, or under {@code XDG_CACHE_HOME}. */
final class Cache {
    private static final ReentrantLock WITHIN_THIS_PROCESS = new ReentrantLock();

    private Cache() {}

    static Path folder() throws IOException {
        var configured = System.getenv("XDG_CACHE_HOME");
        var base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return Files.createDirectories(base.resolve("venule"));
    }

    /** Does the work while no other thread or process holds the lock of this name. */
    static void alone(String name, Work work) throws IOException, InterruptedException {
        WITHIN_THIS_PROCESS.lockInterruptibly();
        try (var channel = FileChannel.open(
                        folder().resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IllegalStateException("lock of " + name + " is not valid");
            }
            work.run();
        } finally {
            WITHIN_THIS_PROCESS.unlock();
        }
    }

    /** What is done under the lock. */
    interface Work {
        void run() throws IOException, InterruptedException;
    }
}
