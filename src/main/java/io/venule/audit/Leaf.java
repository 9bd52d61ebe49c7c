package io.venule.audit;

import io.venule.signing.Digest;

/** The hash under which an entry hangs in the tree. Source: RFC 6962, 2.1. */
public final class Leaf {
    private Leaf() {}

    /** SHA-256 of a zero byte and the entry's bytes. */
    public static Digest hash(byte[] entry) {
        return Digest.ofRaw(TreeHashing.leaf(entry));
    }
}
