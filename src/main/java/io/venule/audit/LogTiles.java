package io.venule.audit;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a log under the names that {@link LogExport} writes, one at a time and made when asked for: tiles of hashes and bundles of entries, whole
 * ones and the partial ones at the end. A partial part is the beginning of the whole one, so that a reader with an older checkpoint still finds
 * what it needs. Source: C2SP tlog-tiles.
 */
public final class LogTiles {
    /** {@code tile/<level or entries>/<index in threes>} and, of a partial part, {@code .p/<width>}. */
    private static final Pattern NAME =
            Pattern.compile("tile/(entries|[0-7])/((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    private static final int BITS_A_LEVEL = 8;

    private final LeafRange leaves;
    private final HashSource hashes;

    /** Where entries are read from, as they are stored. */
    @FunctionalInterface
    public interface LeafRange {
        /** Gives the leaves from {@code from} on and before {@code end}, in order. */
        void read(long from, long end, AuditLog.LeafSink sink);
    }

    public LogTiles(LeafRange leaves, HashSource hashes) {
        this.leaves = leaves;
        this.hashes = hashes;
    }

    /** The part of this name in the log of {@code size} entries; empty where there is none. */
    public Optional<byte[]> read(String name, long size) {
        var parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var width = width(parts);
        var index = index(parts.group(2));
        // One name for one part: no needless leading groups, no partial name for a whole part.
        var level = parts.group(1).equals("entries") ? 0 : Integer.parseInt(parts.group(1));
        var plain =
                parts.group(1).equals("entries") ? TilePath.entries(index, width) : TilePath.tile(level, index, width);
        var there = size >> (BITS_A_LEVEL * level);
        if (!plain.equals(name) || index * TilePath.WIDTH + width > there) {
            return Optional.empty();
        }
        return Optional.of(
                parts.group(1).equals("entries") ? bundle(index, width) : tile(level, index * TilePath.WIDTH, width));
    }

    private static int width(Matcher parts) {
        return parts.group(3) == null ? TilePath.WIDTH : Math.min(Integer.parseInt(parts.group(3)), TilePath.WIDTH);
    }

    private static long index(String threes) {
        return Long.parseLong(threes.replace("x", "").replace("/", ""));
    }

    private byte[] bundle(long index, int width) {
        var bundle = new BundleWriter();
        leaves.read(index * TilePath.WIDTH, index * TilePath.WIDTH + width, (at, leaf) -> bundle.add(leaf));
        return bundle.take();
    }

    /** The lowest level is computed from the entries as they are stored, as an export does; the others are stored. */
    private byte[] tile(int level, long from, int width) {
        var out = new ByteArrayOutputStream(width * TreeHashing.SIZE);
        if (level == 0) {
            leaves.read(from, from + width, (at, leaf) -> out.writeBytes(TreeHashing.leaf(leaf)));
            return out.toByteArray();
        }
        for (long at = from; at < from + width; at++) {
            out.writeBytes(hashes.node(BITS_A_LEVEL * level, at).bytes());
        }
        return out.toByteArray();
    }
}
