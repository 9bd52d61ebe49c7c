package io.venule.audit;

import io.venule.signing.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Where a proof takes the hashes of complete subtrees from. */
@FunctionalInterface
public interface HashSource {
    /** The hash of the {@code index}-th complete subtree of {@code level}: leaves index·2^level to (index + 1)·2^level − 1. */
    Digest node(int level, long index);

    /** Where leaf hashes are read, by range. */
    @FunctionalInterface
    interface Leaves {
        /** The hashes of the leaves from {@code from} on and before {@code end}, in order. */
        List<Digest> read(long from, long end);
    }

    /** Computes each subtree from its leaves; right for logs so small that reading 2^level hashes at once is nothing. */
    static HashSource ofLeaves(Leaves leaves) {
        return (level, index) -> {
            long count = 1L << level;
            var hashes = new ArrayList<byte[]>();
            leaves.read(index << level, (index << level) + count).forEach(leaf -> hashes.add(leaf.bytes()));
            if (hashes.size() != count) {
                throw new IllegalStateException("leaves are missing below node " + level + "/" + index);
            }
            return Digest.ofRaw(PerfectTree.root(hashes));
        };
    }

    /** Asks {@code source} once for each subtree: proofs of neighbours share nearly all. For one piece of work by one thread; forgotten with it. */
    static HashSource remembering(HashSource source) {
        record Place(int level, long index) {}
        var known = new HashMap<Place, Digest>();
        return (level, index) -> known.computeIfAbsent(new Place(level, index), place -> source.node(level, index));
    }

    /** The hash of the leaves from {@code from} on and before {@code end}, which must be a subtree of the log's tree. */
    static Digest range(HashSource source, long from, long end) {
        var parts = new ArrayList<byte[]>();
        long at = from;
        while (at < end) {
            int largest = Long.SIZE - 1 - Long.numberOfLeadingZeros(end - at);
            int level = at == 0 ? largest : Math.min(largest, Long.numberOfTrailingZeros(at));
            parts.add(source.node(level, at >> level).bytes());
            at += 1L << level;
        }
        return Digest.ofRaw(TreeHashing.fold(parts));
    }
}
