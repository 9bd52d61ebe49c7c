package io.venule.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Up to 256 entries in a row, each after its length in sixteen bits. Source: C2SP tlog-tiles, "Log entries". */
record EntryBundle(List<byte[]> entries, int leftOver) {
    EntryBundle {
        entries = List.copyOf(entries);
    }

    /** Reads as many whole entries as there are, at most {@code width}; {@code leftOver} are the bytes that belong to none. */
    static EntryBundle read(byte[] content, int width) {
        var in = ByteBuffer.wrap(content);
        var entries = new ArrayList<byte[]>(width);
        while (entries.size() < width && in.remaining() >= Short.BYTES) {
            in.mark();
            int length = Short.toUnsignedInt(in.getShort());
            if (length > in.remaining()) {
                in.reset();
                break;
            }
            var entry = new byte[length];
            in.get(entry);
            entries.add(entry);
        }
        return new EntryBundle(entries, in.remaining());
    }
}
