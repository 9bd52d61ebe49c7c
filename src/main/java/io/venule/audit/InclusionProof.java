package io.venule.audit;

import io.venule.signing.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows that the leaf at {@code index} is part of the log of {@code size} entries: the hashes beside its way to the root, from
 * the leaf upwards. Source: RFC 6962, 2.1.1.
 */
public record InclusionProof(long index, long size, List<Digest> path) {
    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no entry " + index + " in a log of " + size);
        }
        path = List.copyOf(path);
    }

    /** Makes the proof from stored hashes. */
    public static InclusionProof of(long index, long size, HashSource source) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no entry " + index + " in a log of " + size);
        }
        var downwards = new ArrayList<Digest>();
        long from = 0;
        long end = size;
        while (end - from > 1) {
            long middle = from + Long.highestOneBit(end - from - 1);
            if (index < middle) {
                downwards.add(HashSource.range(source, middle, end));
                end = middle;
            } else {
                downwards.add(HashSource.range(source, from, middle));
                from = middle;
            }
        }
        return new InclusionProof(index, size, downwards.reversed());
    }

    /** Whether the proof leads from this leaf to the root of this state of the log. */
    public boolean holds(Digest leafHash, TreeHead head) {
        return head.size() == size && ProofCheck.inclusion(this, leafHash, head.root());
    }
}
