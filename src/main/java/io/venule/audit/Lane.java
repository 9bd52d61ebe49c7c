package io.venule.audit;

import io.venule.signing.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One side of a log that is being checked: leaf hashes in their order, the tree they give, and where the stored tiles above
 * differ from it.
 */
final class Lane {
    private final LogFiles files;
    private final TileTree tree = new TileTree(this::compareAbove);
    private final Trouble<Long> lost = new Trouble<>();
    private final Trouble<String> above = new Trouble<>();
    private final Trouble<Long> firstLeavesAbove = new Trouble<>();

    Lane(LogFiles files) {
        this.files = files;
    }

    /** The first thing found to be wrong, and where; later ones are not kept. */
    static final class Trouble<T extends Comparable<T>> {
        private final List<T> where = new ArrayList<>(1);
        private String what = "";

        void first(T at, String whatItIs) {
            if (where.isEmpty()) {
                where.add(at);
                what = whatItIs;
            }
        }

        boolean isThere() {
            return !where.isEmpty();
        }

        T where() {
            return where.getFirst();
        }

        String what() {
            return what;
        }

        static <T extends Comparable<T>> Trouble<T> earlier(Trouble<T> one, Trouble<T> other) {
            if (!one.isThere() || !other.isThere()) {
                return one.isThere() ? one : other;
            }
            return one.where().compareTo(other.where()) <= 0 ? one : other;
        }
    }

    /** Reads the level-0 tile that begins with leaf {@code from}; fewer hashes where it is missing or of another size. */
    List<byte[]> readTile(long from, int width) {
        var file = TilePath.tile(0, from / TilePath.WIDTH, width);
        var content = files.read(file);
        if (content.isEmpty()) {
            lost(from, "tile " + file + " is missing");
            return List.of();
        }
        if (content.get().length != width * TreeHashing.SIZE) {
            lost(from, "tile " + file + " has " + content.get().length + " bytes");
        }
        return cut(content.get());
    }

    void addAll(List<byte[]> leafHashes) {
        if (!lost.isThere()) {
            leafHashes.forEach(tree::add);
        }
    }

    void finish() {
        tree.finish();
    }

    /** From this leaf on, this side cannot be read. */
    void lost(long from, String what) {
        lost.first(from, what);
    }

    Trouble<Long> lost() {
        return lost;
    }

    /** The first stored tile above the leaves that this side's tree does not give. */
    Trouble<String> above() {
        return above;
    }

    /** The first leaf below that tile's first wrong hash, where the tile is of level 1. */
    Trouble<Long> firstLeavesAbove() {
        return firstLeavesAbove;
    }

    boolean gives(TreeHead head) {
        return !lost.isThere() && tree.head().equals(head);
    }

    private void compareAbove(int level, long index, List<byte[]> hashes) {
        if (level == 0) {
            return;
        }
        var file = TilePath.tile(level, index, hashes.size());
        var stored = files.read(file);
        if (stored.isEmpty()) {
            above.first(file, "is missing");
            return;
        }
        var storedHashes = cut(stored.get());
        for (int i = 0; i < hashes.size(); i++) {
            if (i >= storedHashes.size() || !Arrays.equals(storedHashes.get(i), hashes.get(i))) {
                var found = i < storedHashes.size()
                        ? Digest.ofRaw(storedHashes.get(i)).hex()
                        : "nothing";
                above.first(file, "hash " + i + " is " + found + ", the tree gives " + Digest.ofRaw(hashes.get(i)));
                if (level == 1) {
                    firstLeavesAbove.first((index * TilePath.WIDTH + i) * TilePath.WIDTH, "tile " + file);
                }
                return;
            }
        }
        if (stored.get().length != hashes.size() * TreeHashing.SIZE) {
            above.first(file, "has " + stored.get().length + " bytes");
        }
    }

    private static List<byte[]> cut(byte[] tile) {
        var hashes = new ArrayList<byte[]>();
        for (int at = 0; at + TreeHashing.SIZE <= tile.length; at += TreeHashing.SIZE) {
            hashes.add(Arrays.copyOfRange(tile, at, at + TreeHashing.SIZE));
        }
        return hashes;
    }
}
