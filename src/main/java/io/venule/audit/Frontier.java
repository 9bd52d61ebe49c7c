package io.venule.audit;

import io.venule.signing.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The right edge of the tree: the roots of its largest complete subtrees, left to right; all that appending needs, at most 63
 * hashes whatever the log's size. Unchanging: {@link #append} makes the next one.
 * Source: RFC 9162, 2.1.2; compact range.
 */
public final class Frontier {
    /** The edge of the empty log. */
    public static final Frontier EMPTY = new Frontier(0, List.of());

    private final long size;
    private final List<byte[]> roots;

    private Frontier(long size, List<byte[]> roots) {
        this.size = size;
        this.roots = roots;
    }

    /** A complete subtree: {@code index}-th of its {@code level}, over 2^level leaves. */
    public record Node(int level, long index, Digest hash) {}

    /** Takes each subtree that an append completes, the leaf itself included, from the leaf upwards. */
    @FunctionalInterface
    public interface NodeSink {
        void take(Node node);
    }

    /** Reads {@link #bytes}; empty unless exactly of that form. */
    public static Optional<Frontier> parse(byte[] content) {
        if (content.length < Long.BYTES) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(content);
        long size = in.getLong();
        if (size < 0 || in.remaining() != Long.bitCount(size) * TreeHashing.SIZE) {
            return Optional.empty();
        }
        var roots = new ArrayList<byte[]>();
        while (in.hasRemaining()) {
            var root = new byte[TreeHashing.SIZE];
            in.get(root);
            roots.add(root);
        }
        return Optional.of(new Frontier(size, List.copyOf(roots)));
    }

    /** The size as eight bytes, most significant first, then the hashes from left to right. */
    public byte[] bytes() {
        var out = ByteBuffer.allocate(Long.BYTES + roots.size() * TreeHashing.SIZE)
                .putLong(size);
        roots.forEach(out::put);
        return out.array();
    }

    /** The edge with one more leaf. */
    public Frontier append(Digest leafHash) {
        return append(leafHash, _ -> {});
    }

    /** The edge with one more leaf; tells which subtrees are complete now, for whoever stores them. */
    public Frontier append(Digest leafHash, NodeSink completed) {
        return append(List.of(leafHash), completed);
    }

    /** The edge with these leaves more, in their order; tells which subtrees are complete now. */
    public Frontier append(List<Digest> leafHashes, NodeSink completed) {
        var next = new ArrayList<>(roots);
        long at = size;
        for (var leafHash : leafHashes) {
            var hash = leafHash.bytes();
            int level = 0;
            completed.take(new Node(0, at, leafHash));
            while ((at >> level & 1) == 1) {
                hash = TreeHashing.node(next.removeLast(), hash);
                level++;
                completed.take(new Node(level, at >> level, Digest.ofRaw(hash)));
            }
            next.add(hash);
            at = Math.addExact(at, 1);
        }
        return new Frontier(at, List.copyOf(next));
    }

    /** How many leaves. */
    public long size() {
        return size;
    }

    /** Size and root. */
    public TreeHead head() {
        return new TreeHead(size, Digest.ofRaw(TreeHashing.fold(roots)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frontier frontier && Arrays.equals(bytes(), frontier.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    @Override
    public String toString() {
        return "Frontier[" + head() + "]";
    }
}
