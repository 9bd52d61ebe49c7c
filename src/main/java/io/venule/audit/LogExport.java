package io.venule.audit;

import io.venule.audit.TileTree.TileSink;
import io.venule.signing.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Writes a log into a directory as any tiled-log reader takes it: {@code checkpoint}, {@code tile/<level>/…} and
 * {@code tile/entries/…}. What is stored is written as it is, also where it does not agree: finding that is the reader's job.
 * Source: C2SP tlog-tiles.
 */
public final class LogExport {
    private final Path directory;
    private final BundleWriter bundle = new BundleWriter();
    private long bundles;

    private LogExport(Path directory) {
        this.directory = directory;
    }

    /** An entry's bytes beside the leaf hash that was stored when it was appended. */
    public record StoredEntry(EntryBytes entry, Digest leafHash) {}

    /** An entry's exact bytes. */
    public static final class EntryBytes {
        private final byte[] bytes;

        public EntryBytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        public byte[] toArray() {
            return bytes.clone();
        }
    }

    /**
     * Writes the entries in their order, with tiles computed from them, and the checkpoint last. The directory must be new or
     * empty. Gives the head of what was written: the checkpoint's own, if the store agrees with what was signed.
     */
    public static TreeHead write(Path directory, Iterator<byte[]> entries, Checkpoint checkpoint) {
        return writeStored(directory, new HashedHere(entries), checkpoint);
    }

    /** The same with tiles from the leaf hashes stored at append, so that a reader can name an entry changed since. */
    public static TreeHead writeStored(Path directory, Iterator<StoredEntry> entries, Checkpoint checkpoint) {
        try {
            requireEmpty(directory);
            return new LogExport(directory).writeAll(entries, checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be written to " + directory, e);
        }
    }

    private TreeHead writeAll(Iterator<StoredEntry> entries, Checkpoint checkpoint) throws IOException {
        TileSink tiles = (level, index, hashes) -> put(TilePath.tile(level, index, hashes.size()), join(hashes));
        var tree = new TileTree(tiles);
        for (long i = 0; i < checkpoint.head().size() && entries.hasNext(); i++) {
            var stored = entries.next();
            bundle.add(stored.entry.bytes);
            if (bundle.count() == TilePath.WIDTH) {
                putBundle();
            }
            tree.add(stored.leafHash.bytes());
        }
        tree.finish();
        if (bundle.count() > 0) {
            putBundle();
        }
        put(TilePath.CHECKPOINT, checkpoint.note().getBytes(StandardCharsets.UTF_8));
        return tree.head();
    }

    private void putBundle() {
        put(TilePath.entries(bundles, bundle.count()), bundle.take());
        bundles++;
    }

    private void put(String name, byte[] content) {
        var file = directory.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be written to " + file, e);
        }
    }

    private static byte[] join(List<byte[]> hashes) {
        var out = new ByteArrayOutputStream(hashes.size() * TreeHashing.SIZE);
        hashes.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static void requireEmpty(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (var files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw new FileAlreadyExistsException(directory + " is not empty; an export never mixes with another");
            }
        }
    }

    private record HashedHere(Iterator<byte[]> entries) implements Iterator<StoredEntry> {
        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public StoredEntry next() {
            var entry = entries.next();
            return new StoredEntry(new EntryBytes(entry), Leaf.hash(entry));
        }
    }
}
