package io.venule.audit;

import io.venule.signing.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows that the log of {@code newSize} entries begins with the log of {@code oldSize}: nothing before was changed.
 * Source: RFC 6962, 2.1.2.
 */
public record ConsistencyProof(long oldSize, long newSize, List<Digest> path) {
    public ConsistencyProof {
        if (oldSize < 1 || newSize < oldSize) {
            throw new IllegalArgumentException("no proof from " + oldSize + " to " + newSize);
        }
        path = List.copyOf(path);
    }

    /** Makes the proof from stored hashes. */
    public static ConsistencyProof of(long oldSize, long newSize, HashSource source) {
        if (oldSize < 1 || newSize < oldSize) {
            throw new IllegalArgumentException("no proof from " + oldSize + " to " + newSize);
        }
        var downwards = new ArrayList<Digest>();
        long from = 0;
        long end = newSize;
        while (oldSize != end) {
            long middle = from + Long.highestOneBit(end - from - 1);
            if (oldSize <= middle) {
                downwards.add(HashSource.range(source, middle, end));
                end = middle;
            } else {
                downwards.add(HashSource.range(source, from, middle));
                from = middle;
            }
        }
        if (from > 0) {
            downwards.add(HashSource.range(source, from, end));
        }
        return new ConsistencyProof(oldSize, newSize, downwards.reversed());
    }

    /** Whether the proof leads from the earlier state of the log to the later one. */
    public boolean holds(TreeHead earlier, TreeHead later) {
        return earlier.size() == oldSize
                && later.size() == newSize
                && ProofCheck.consistency(this, earlier.root(), later.root());
    }
}
