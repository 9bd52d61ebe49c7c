package io.venule.audit;

import io.venule.signing.JsonMembers.Reading;
import java.util.Optional;

/** What an entry is searched by besides time; empty where it does not say. All of it is drawn from the leaf. */
public record Filed(String kind, String actor, String order, String place, String patient, String drug, String person) {
    /** What the leaf's own words file it under; empty where the bytes are no canonical entry of this version. */
    public static Optional<Filed> of(byte[] leaf) {
        var plain = new LeafScan(leaf).filed();
        return plain.isPresent() ? plain : thoroughly(leaf);
    }

    /** The same by reading the whole entry. */
    static Optional<Filed> thoroughly(byte[] leaf) {
        return AuditEntry.parse(leaf) instanceof Reading.Ok<AuditEntry>(var entry)
                ? Optional.of(of(entry))
                : Optional.empty();
    }

    /** What this entry is filed under. */
    public static Filed of(AuditEntry entry) {
        return new Filed(
                entry.kind().name(),
                entry.actor(),
                entry.order(),
                entry.place(),
                entry.said("patient"),
                entry.said("drug"),
                entry.person());
    }
}
