package io.venule.audit;

import java.util.ArrayList;
import java.util.List;

/** The root of a power of two of hashes. */
final class PerfectTree {
    private PerfectTree() {}

    static byte[] root(List<byte[]> hashes) {
        if (Integer.bitCount(hashes.size()) != 1) {
            throw new IllegalArgumentException("not a power of two: " + hashes.size());
        }
        var level = hashes;
        while (level.size() > 1) {
            var above = new ArrayList<byte[]>(level.size() / 2);
            for (int i = 0; i < level.size(); i += 2) {
                above.add(TreeHashing.node(level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return level.getFirst();
    }

    /** Splits hashes into as few complete subtrees as possible, largest first, and gives their roots. */
    static List<byte[]> roots(List<byte[]> hashes) {
        var roots = new ArrayList<byte[]>();
        int at = 0;
        while (at < hashes.size()) {
            int count = Integer.highestOneBit(hashes.size() - at);
            roots.add(root(hashes.subList(at, at + count)));
            at += count;
        }
        return roots;
    }
}
