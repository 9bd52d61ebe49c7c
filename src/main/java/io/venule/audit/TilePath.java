package io.venule.audit;

/** Where a log's parts lie below its directory or address. Source: C2SP tlog-tiles. */
final class TilePath {
    /** Hashes in a full tile and entries in a full bundle. */
    static final int WIDTH = 256;

    /** The signed state that the other files are of. */
    static final String CHECKPOINT = "checkpoint";

    private TilePath() {}

    /** The tile of {@code width} hashes. */
    static String tile(int level, long index, int width) {
        return "tile/" + level + "/" + path(index, width);
    }

    /** The bundle of {@code width} entries. */
    static String entries(long index, int width) {
        return "tile/entries/" + path(index, width);
    }

    private static String path(long index, int width) {
        if (width < 1 || width > WIDTH || index < 0) {
            throw new IllegalArgumentException("no tile " + index + " of width " + width);
        }
        var path = three(index % 1000);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path = "x" + three(rest % 1000) + "/" + path;
        }
        return width == WIDTH ? path : path + ".p/" + width;
    }

    private static String three(long number) {
        return Long.toString(1000 + number).substring(1);
    }
}
