package io.venule.store;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * After a change of the data key, seals patient data under the new one, a few rows at a time while the ward works, so that the key before can be
 * destroyed. Goes over all rows again and again while another key lies there, because a second server may still seal with that one. A start
 * on rows under a key that is not here is refused. Issue "audit log", item 5.
 */
@Singleton
final class Resealing {
    /** After the log was checked, the start recorded, and who was erased is erased. */
    private static final int FOURTH = 4;

    /** In one transaction, which holds their locks. */
    private static final int ROWS = 50;

    private static final Duration FIRST_AFTER = Duration.ofSeconds(5);
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

    private static final String KEYS =
            "SELECT DISTINCT substring(particulars FROM 1 FOR 1) FROM patient WHERE NOT erased"
                    + " UNION SELECT DISTINCT substring(salt FROM 1 FOR 1) FROM patient WHERE salt IS NOT NULL";
    private static final String UNDER_ANOTHER = "SELECT id, particulars, salt FROM patient WHERE NOT erased AND id > ?"
            + " AND (substring(particulars FROM 1 FOR 1) <> ? OR substring(salt FROM 1 FOR 1) <> ?)"
            + " ORDER BY id LIMIT " + ROWS + " FOR UPDATE";
    private static final String KEEP = "UPDATE patient SET particulars = ?, salt = ? WHERE id = ?";

    private final Transactions transactions;
    private final Vault vault;
    private final AuditAppender log;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("data-key").factory());

    Resealing(Transactions transactions, Vault vault, AuditAppender log, InstantSource clock) {
        this.transactions = transactions;
        this.vault = vault;
        this.log = log;
        this.clock = clock;
    }

    void start(@Observes @Priority(FOURTH) StartupEvent event) {
        requireKeys();
        if (vault.hasOthers()) {
            var _ = thread.scheduleWithFixedDelay(
                    this::guardedRound, FIRST_AFTER.toMillis(), AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    /** Throws where a row could not be opened with any key that is here. */
    void requireKeys() {
        var missing = transactions.inOneLong(() -> transactions.statements(Resealing::keys)).stream()
                .filter(key -> !vault.has(key))
                .count();
        if (missing > 0) {
            throw new IllegalStateException("patient data are sealed under a data key that is not here;"
                    + " lay it beside data.key as data.previous.key (docs/keys.md, \"Changing the data key\")");
        }
    }

    private static List<Byte> keys(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(KEYS);
                var found = statement.executeQuery()) {
            var keys = new ArrayList<Byte>();
            while (found.next()) {
                var first = found.getBytes(1);
                if (first != null && first.length == 1) {
                    keys.add(first[0]);
                }
            }
            return keys;
        }
    }

    private void guardedRound() {
        try {
            round();
        } catch (RuntimeException e) {
            Log.warnf("patient data are not all sealed under the new data key yet, trying again: error=%s", e);
        }
    }

    /**
     * Goes over all rows once.
     *
     * @return how many were sealed anew; of none there is no entry in the audit log
     */
    long round() {
        long rows = 0;
        var after = "";
        while (true) {
            var place = after;
            var done = transactions.inOne(() -> transactions.statements(connection -> some(connection, place)));
            if (done.isEmpty()) {
                break;
            }
            rows += done.size();
            after = done.getLast();
        }
        if (rows == 0) {
            Log.info(
                    "no patient data are sealed under an earlier data key: it can be destroyed once every server has the new one");
            return rows;
        }
        var entry = AuditEntry.bySystem(AuditKind.DATA_RESEALED, clock.instant())
                .with("dataKey", vault.currentName())
                .with("patients", rows);
        transactions.inOne(() -> log.append(List.of(entry)));
        return rows;
    }

    /** The next rows after that one, by id. */
    private List<String> some(Connection connection, String after) throws SQLException {
        var current = new byte[] {vault.current()};
        try (var rows = connection.prepareStatement(UNDER_ANOTHER);
                var keep = connection.prepareStatement(KEEP)) {
            rows.setString(1, after);
            rows.setBytes(2, current);
            rows.setBytes(3, current);
            var done = new ArrayList<String>();
            try (var found = rows.executeQuery()) {
                while (found.next()) {
                    var id = found.getString(1);
                    var salt = found.getBytes(3);
                    keep.setBytes(1, vault.sealAnew(PatientRows.place(id), found.getBytes(2)));
                    keep.setBytes(2, salt == null ? null : vault.sealAnew(PatientRows.saltPlace(id), salt));
                    keep.setString(3, id);
                    keep.addBatch();
                    done.add(id);
                }
            }
            keep.executeBatch();
            return done;
        }
    }
}
