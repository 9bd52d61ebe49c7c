package io.venule.audit;

import io.venule.signing.Digest;

/** A state of the log: how many entries, and the root of their tree. Source: RFC 6962, 2.1; C2SP tlog-checkpoint. */
public record TreeHead(long size, Digest root) {
    /** The log before its first entry. */
    public static final TreeHead EMPTY = new TreeHead(0, Digest.ofRaw(TreeHashing.empty()));

    public TreeHead {
        if (size < 0) {
            throw new IllegalArgumentException("a log has no negative size");
        }
    }
}
