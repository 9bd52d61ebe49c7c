package io.venule.audit;

import java.io.ByteArrayOutputStream;

/** Writes entries in a row, each after its length in sixteen bits. Source: C2SP tlog-tiles, "Log entries". */
public final class BundleWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int count;

    /** Adds an entry; refuses one whose length sixteen bits do not hold. */
    public void add(byte[] entry) {
        if (entry.length > AuditEntry.MAX_BYTES) {
            throw new IllegalArgumentException("an entry longer than a bundle can count");
        }
        bytes.write(entry.length >> 8);
        bytes.write(entry.length);
        bytes.writeBytes(entry);
        count++;
    }

    /** How many entries are in it. */
    public int count() {
        return count;
    }

    /** Bytes so far. */
    public int size() {
        return bytes.size();
    }

    /** Gives the bytes and begins anew. */
    public byte[] take() {
        var taken = bytes.toByteArray();
        bytes.reset();
        count = 0;
        return taken;
    }
}
