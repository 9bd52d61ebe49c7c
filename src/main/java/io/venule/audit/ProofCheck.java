package io.venule.audit;

import io.venule.signing.Digest;
import java.util.List;

/**
 * Do these hashes lead to this root? Works for the whole log and for a subtree of it (leaves {@code start} on and before
 * {@code end}, where start is a multiple of the least power of two that is not below end − start).
 * Source: RFC 9162, 2.1.3.2 and 2.1.4.2; draft-ietf-plants-merkle-tree-certs, "Subtrees".
 */
final class ProofCheck {
    private ProofCheck() {}

    /** A part of the log between two indices. */
    record Subtree(long start, long end) {
        boolean isValid() {
            if (start < 0 || end < start) {
                return false;
            }
            long count = end - start;
            if (count <= 1) {
                return true;
            }
            long whole = Long.highestOneBit(count - 1);
            return whole <= 1L << 61 && start % (whole * 2) == 0;
        }
    }

    static boolean inclusion(InclusionProof proof, Digest leafHash, Digest root) {
        long at = proof.index();
        long last = proof.size() - 1;
        var hash = leafHash.bytes();
        for (var step : proof.path()) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = TreeHashing.node(step.bytes(), hash);
                int up = at == 0 ? 0 : Long.numberOfTrailingZeros(at);
                at >>= up;
                last >>= up;
            } else {
                hash = TreeHashing.node(hash, step.bytes());
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Digest.ofRaw(hash).matches(root);
    }

    static boolean inclusionInSubtree(long index, Subtree part, List<Digest> path, Leafed leafed) {
        if (!part.isValid() || index < part.start || index >= part.end) {
            return false;
        }
        var proof = new InclusionProof(index - part.start, part.end - part.start, path);
        return inclusion(proof, leafed.leafHash, leafed.root);
    }

    /** A leaf and the root it is said to be under. */
    record Leafed(Digest leafHash, Digest root) {}

    static boolean consistency(ConsistencyProof proof, Digest oldRoot, Digest newRoot) {
        var part = new Subtree(0, proof.oldSize());
        return subtreeConsistency(part, new TreeHead(proof.newSize(), newRoot), proof.path(), oldRoot);
    }

    /** Whether {@code head} contains the subtree with this root. */
    static boolean subtreeConsistency(Subtree part, TreeHead head, List<Digest> path, Digest partRoot) {
        if (!part.isValid() || part.end > head.size()) {
            return false;
        }
        if (part.start == part.end) {
            return path.isEmpty() && partRoot.matches(TreeHead.EMPTY.root());
        }
        return new Walk(part, head).leads(path, partRoot, head.root());
    }

    /** One walk from a subtree's right edge up to the root, computing both roots on the way. */
    private static final class Walk {
        private long first;
        private long edge;
        private long last;

        Walk(Subtree part, TreeHead head) {
            first = part.start;
            edge = part.end - 1;
            last = head.size() - 1;
        }

        boolean leads(List<Digest> path, Digest partRoot, Digest root) {
            boolean isRightEdge = edge == last;
            while (first != edge && (isRightEdge || (edge & 1) == 1)) {
                up();
            }
            boolean startsAtPart = first == edge;
            if (!startsAtPart && path.isEmpty()) {
                return false;
            }
            var seed = startsAtPart ? partRoot.bytes() : path.getFirst().bytes();
            var ofPart = seed;
            var ofAll = seed;
            for (var step : startsAtPart ? path : path.subList(1, path.size())) {
                if (last == 0) {
                    return false;
                }
                if ((edge & 1) == 1 || edge == last) {
                    if (first < edge) {
                        ofPart = TreeHashing.node(step.bytes(), ofPart);
                    }
                    ofAll = TreeHashing.node(step.bytes(), ofAll);
                    while (edge != 0 && (edge & 1) == 0) {
                        up();
                    }
                } else {
                    ofAll = TreeHashing.node(ofAll, step.bytes());
                }
                up();
            }
            return last == 0
                    && Digest.ofRaw(ofPart).matches(partRoot)
                    && Digest.ofRaw(ofAll).matches(root);
        }

        private void up() {
            first >>= 1;
            edge >>= 1;
            last >>= 1;
        }
    }
}
