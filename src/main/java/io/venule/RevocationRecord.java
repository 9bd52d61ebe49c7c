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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes into the audit log which keys were revoked, and refuses to start on an older list than the log knows of: a key folder that was put back must not bring
 * a key back. The list counts before it is recorded, because not believing a key is the safe side; what could not be recorded is tried again.
 */
@Singleton
final class RevocationRecord {
    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");
    /** As many as one entry of the log lists. */
    private static final int IN_ONE = 64;

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
        recorded.set(known);
        follow();
    }

    /** Records the list in force, if it is a new one. */
    synchronized void follow() {
        var list = folder.revoked();
        if (list.counter() <= recorded.get()) {
            return;
        }
        try {
            if (newest() < list.counter()) {
                record(list);
            }
            recorded.set(list.counter());
        } catch (RecordUnavailable e) {
            Log.warn("a revocation list is in force and not yet recorded", e);
        }
    }

    private void record(Revocations list) {
        var keys = list.keys().stream().map(KeyId::hex).toList();
        for (int from = 0; from == 0 || from < keys.size(); from += IN_ONE) {
            var some = keys.subList(from, Math.min(keys.size(), from + IN_ONE));
            trail.append(AuditEntry.bySystem(AuditKind.KEY_REVOKED, clock.instant())
                    .with("counter", list.counter())
                    .with("keys", some));
        }
    }

    private long newest() {
        var about = new AuditLog.About("", "", "", "", "", AuditKind.KEY_REVOKED.name());
        return log.find(new AuditLog.Search(about, Instant.EPOCH, EVER, Long.MAX_VALUE, 1)).stream()
                .map(logged -> logged.entry().details().members().get("counter"))
                .mapToLong(counter -> counter instanceof Json.JsonWhole(var whole) ? whole : 0)
                .findFirst()
                .orElse(0);
    }
}
