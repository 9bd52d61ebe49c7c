package io.venule;

import io.quarkus.logging.Log;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.order.AuditTrail;
import io.venule.order.RecordUnavailable;
import io.venule.signing.Json;
import io.venule.signing.KeyId;
import io.venule.signing.Revocations;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes into the audit log which keys were revoked, and refuses to start on an older list than the log knows of: a key folder that was put back must not bring
 * a key back. The list counts before it is recorded, because not believing a key is the safe side; what could not be recorded is tried again.
 */
@Singleton
final class RevocationRecord {
    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");
    /** As many as one entry of the log lists. */
    private static final int IN_ONE = 64;
    /** The newest entries hold all of the newest list, also where several replicas recorded it at once. */
    private static final int OF_ONE_LIST = 256;

    private final AuditTrail trail;
    private final AuditLog log;
    private final OrderKeyFolder folder;
    private final InstantSource clock;
    private final AtomicLong recorded = new AtomicLong();

    RevocationRecord(AuditTrail trail, AuditLog log, OrderKeyFolder folder, InstantSource clock) {
        this.trail = trail;
        this.log = log;
        this.folder = folder;
        this.clock = clock;
    }

    /** Compares with the log; throws where the folder holds an older list than was in force. */
    void atStart() {
        var known = newest();
        var list = folder.revoked();
        if (list.counter() < known) {
            throw new IllegalStateException("revocation list " + known + " was in force, and the key folder holds "
                    + (list.counter() == 0 ? "none" : "list " + list.counter()) + "; lay the newest one there");
        }
        // The list itself is looked at again: its record may have broken off.
        recorded.set(Math.max(0, known - 1));
        follow();
    }

    /** Records the list in force, if it is a new one. */
    synchronized void follow() {
        var list = folder.revoked();
        if (list.counter() <= recorded.get()) {
            return;
        }
        try {
            record(list);
            recorded.set(list.counter());
        } catch (RecordUnavailable e) {
            Log.warn("a revocation list is in force and not yet recorded", e);
        }
    }

    /** What of it the log does not hold: all, or what was left over when the record broke off. */
    private void record(Revocations list) {
        var entries = entries().stream()
                .filter(entry -> counter(entry) == list.counter())
                .toList();
        var there = entries.stream().flatMap(RevocationRecord::keys).collect(Collectors.toUnmodifiableSet());
        var keys = list.keys().stream()
                .map(KeyId::hex)
                .filter(key -> !there.contains(key))
                .toList();
        for (int from = 0; from < keys.size() || (from == 0 && entries.isEmpty()); from += IN_ONE) {
            var some = keys.subList(from, Math.min(keys.size(), from + IN_ONE));
            trail.append(AuditEntry.bySystem(AuditKind.KEY_REVOKED, clock.instant())
                    .with("counter", list.counter())
                    .with("keys", some));
        }
    }

    private long newest() {
        return entries().stream().mapToLong(RevocationRecord::counter).max().orElse(0);
    }

    private List<AuditEntry> entries() {
        var about = new AuditLog.About("", "", "", "", "", AuditKind.KEY_REVOKED.name());
        return log.find(new AuditLog.Search(about, Instant.EPOCH, EVER, Long.MAX_VALUE, OF_ONE_LIST)).stream()
                .map(AuditLog.Logged::entry)
                .toList();
    }

    private static long counter(AuditEntry entry) {
        return entry.details().members().get("counter") instanceof Json.JsonWhole(var whole) ? whole : 0;
    }

    private static Stream<String> keys(AuditEntry entry) {
        return entry.details().members().get("keys") instanceof Json.JsonList(var items)
                ? items.stream()
                        .filter(Json.JsonText.class::isInstance)
                        .map(Json.JsonText.class::cast)
                        .map(Json.JsonText::value)
                : Stream.of();
    }
}
