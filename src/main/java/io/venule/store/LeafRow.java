package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.audit.DetailSchema;
import io.venule.audit.Leaf;
import io.venule.signing.Digest;
import java.util.List;
import java.util.function.Function;

/**
 * An entry as it is stored, all but its index. Whoever appends makes it first, on a thread of their own: nobody waits for the log's head while
 * another's entry is written down and hashed.
 */
final class LeafRow {
    /** What is searched for, in the order of the columns {@code actor} to {@code person}. */
    static final List<Function<LeafRow, String>> WORDS = List.of(
            row -> row.entry.actor(),
            row -> row.entry.order(),
            row -> row.entry.place(),
            row -> row.entry.said("patient"),
            row -> row.entry.said("drug"),
            row -> row.entry.person());

    private final AuditEntry entry;
    private final byte[] bytes;
    private final Digest hash;

    private LeafRow(AuditEntry entry, byte[] bytes) {
        this.entry = entry;
        this.bytes = bytes;
        this.hash = Leaf.hash(bytes);
    }

    /** Refuses an entry that does not have its kind's details. */
    static LeafRow of(AuditEntry entry) {
        DetailSchema.fault(entry).ifPresent(fault -> {
            throw new IllegalArgumentException("audit entry: " + fault);
        });
        return new LeafRow(entry, entry.canonical());
    }

    static List<LeafRow> of(List<AuditEntry> entries) {
        return entries.stream().map(LeafRow::of).toList();
    }

    AuditEntry entry() {
        return entry;
    }

    /** The exact bytes of the leaf; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    Digest hash() {
        return hash;
    }
}
