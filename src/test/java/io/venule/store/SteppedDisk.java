package io.venule.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** A disk, each step of it one that can go wrong. Whatever is refused while it writes has half of it written. */
final class SteppedDisk implements Disk {
    private final Disk disk;
    private final Steps steps;

    SteppedDisk(Disk disk, Steps steps) {
        this.disk = disk;
        this.steps = steps;
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        step("make folder", () -> {
            disk.makeFolder(folder);
            return folder;
        });
    }

    @Override
    public Closeable lock(Path file) throws IOException {
        return step("lock", () -> disk.lock(file));
    }

    @Override
    public String read(Path file) throws IOException {
        return step("read", () -> disk.read(file));
    }

    @Override
    public Draft draft(Path file) throws IOException {
        var draft = step("open", () -> disk.draft(file));
        return new Draft() {
            @Override
            public void write(ByteBuffer content) throws IOException {
                var half = content.slice(content.position(), content.remaining() / 2);
                draft.write(half);
                content.position(content.position() + half.position());
                step("write", () -> {
                    draft.write(content);
                    return content;
                });
            }

            @Override
            public void force() throws IOException {
                step("force", () -> {
                    draft.force();
                    return draft;
                });
            }

            @Override
            public void close() throws IOException {
                draft.close();
            }
        };
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename", () -> {
            disk.rename(from, to);
            return to;
        });
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        step("force folder", () -> {
            disk.forceFolder(folder);
            return folder;
        });
    }

    private <T> T step(String name, Callable<T> work) throws IOException {
        try {
            return steps.take("disk: " + name, work, SteppedDisk::giveBack);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void giveBack(Object opened) {
        if (opened instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
