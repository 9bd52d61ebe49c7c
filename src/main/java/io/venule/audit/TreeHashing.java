package io.venule.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The two hashes of the tree, over raw bytes for the places where there are millions of them. Source: RFC 6962, 2.1. */
final class TreeHashing {
    /** Bytes of a hash. */
    static final int SIZE = 32;

    /** One that nothing was given to. */
    private static final MessageDigest FRESH = fresh();

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private TreeHashing() {}

    static byte[] empty() {
        return sha256().digest();
    }

    static byte[] leaf(byte[] entry) {
        var sha = sha256();
        sha.update(LEAF);
        return sha.digest(entry);
    }

    static byte[] node(byte[] left, byte[] right) {
        var sha = sha256();
        sha.update(NODE);
        sha.update(left);
        return sha.digest(right);
    }

    /** Hashes subtrees that lie side by side, each smaller than all before it together, into one. */
    static byte[] fold(List<byte[]> leftToRight) {
        if (leftToRight.isEmpty()) {
            return empty();
        }
        var root = leftToRight.getLast();
        for (int i = leftToRight.size() - 2; i >= 0; i--) {
            root = node(leftToRight.get(i), root);
        }
        return root;
    }

    /** Copied where one is wanted: asking the platform for one takes as long as hashing a node. */
    private static MessageDigest sha256() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
