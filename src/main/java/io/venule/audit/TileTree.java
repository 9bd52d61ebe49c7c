package io.venule.audit;

import io.venule.signing.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Grows the tree tile by tile from leaf hashes in order and hands out each tile, full ones as they fill and partial ones at the
 * end. Holds at most 255 hashes a level. Source: C2SP tlog-tiles, "Merkle Tree".
 */
final class TileTree {
    private final TileSink sink;
    private final List<List<byte[]>> levels = new ArrayList<>();
    private final List<Long> fullTiles = new ArrayList<>();

    TileTree(TileSink sink) {
        this.sink = sink;
    }

    /** Takes tiles; their hashes are not to be changed. */
    @FunctionalInterface
    interface TileSink {
        void take(int level, long index, List<byte[]> hashes);
    }

    void add(byte[] leafHash) {
        add(0, leafHash);
    }

    /** Hands out the partial tiles. */
    void finish() {
        for (int level = 0; level < levels.size(); level++) {
            if (!levels.get(level).isEmpty()) {
                sink.take(level, fullTiles.get(level), levels.get(level));
            }
        }
    }

    TreeHead head() {
        var parts = new ArrayList<byte[]>();
        long size = 0;
        for (int level = levels.size() - 1; level >= 0; level--) {
            parts.addAll(PerfectTree.roots(levels.get(level)));
            size = size * TilePath.WIDTH + levels.get(level).size();
        }
        return new TreeHead(size, Digest.ofRaw(TreeHashing.fold(parts)));
    }

    private void add(int level, byte[] hash) {
        if (level == levels.size()) {
            levels.add(new ArrayList<>(TilePath.WIDTH));
            fullTiles.add(0L);
        }
        var tile = levels.get(level);
        tile.add(hash);
        if (tile.size() == TilePath.WIDTH) {
            long index = fullTiles.get(level);
            sink.take(level, index, List.copyOf(tile));
            fullTiles.set(level, index + 1);
            var root = PerfectTree.root(tile);
            tile.clear();
            add(level + 1, root);
        }
    }
}
