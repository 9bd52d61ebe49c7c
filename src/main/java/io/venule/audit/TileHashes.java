package io.venule.audit;

import io.venule.signing.Digest;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;

/** Hashes of complete subtrees from the tiles of a log of a known size. Source: C2SP tlog-tiles. */
final class TileHashes implements HashSource {
    private static final int BITS_A_LEVEL = 8;

    private final LogFiles files;
    private final long size;

    TileHashes(LogFiles files, long size) {
        this.files = files;
        this.size = size;
    }

    @Override
    public Digest node(int level, long index) {
        int tileLevel = level / BITS_A_LEVEL;
        int below = level % BITS_A_LEVEL;
        long first = index << below;
        long tile = first / TilePath.WIDTH;
        int width = (int) Math.min(TilePath.WIDTH, (size >> (BITS_A_LEVEL * tileLevel)) - tile * TilePath.WIDTH);
        int from = (int) (first % TilePath.WIDTH);
        int end = from + (1 << below);
        if (width < end) {
            throw new IllegalArgumentException("no subtree " + level + "/" + index + " in " + size + " entries");
        }
        var name = TilePath.tile(tileLevel, tile, width);
        var content = files.read(name)
                .filter(bytes -> bytes.length == width * TreeHashing.SIZE)
                .orElseThrow(() -> new UncheckedIOException(new java.io.IOException("cannot read " + name)));
        var hashes = new ArrayList<byte[]>();
        for (int at = from; at < end; at++) {
            hashes.add(Arrays.copyOfRange(content, at * TreeHashing.SIZE, (at + 1) * TreeHashing.SIZE));
        }
        return Digest.ofRaw(PerfectTree.root(hashes));
    }
}
