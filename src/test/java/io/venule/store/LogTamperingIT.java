package io.venule.store;

import static io.venule.store.WardFixture.anEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.venule.audit.Frontier;
import io.venule.order.AuditTrail;
import io.venule.stack.BackboneResource;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Someone with every right on the database changes the past: found at the start, by the repeated check and before signing. T-43. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
@TestProfile(LogTamperingIT.Unwatched.class)
class LogTamperingIT {
    /** No rounds of the application's own: each test makes its own. */
    public static final class Unwatched implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("venule.store.checkpoint-every", "1h", "venule.store.recheck-every", "1h");
        }
    }

    @Inject
    AuditTrail trail;

    @Inject
    PostgresAuditLog log;

    @Inject
    LogCheck check;

    @Inject
    CheckpointKey key;

    @Inject
    StoredHashes hashes;

    @Inject
    Transactions transactions;

    @Inject
    StoreSettings settings;

    @Inject
    InstantSource clock;

    private final LogSoundness soundness = new LogSoundness();

    @BeforeEach
    void some_entries() {
        for (int i = 0; i < 300; i++) {
            trail.append(anEntry());
        }
        assertThat(publisher().publish()).isTrue();
        assertThat(soundness.fault()).isEmpty();
        for (int i = 0; i < 3; i++) {
            trail.append(anEntry().about(WardFixture.id(WardFixture.next())));
        }
        assertThat(check.check()).isInstanceOf(LogCheck.Found.Sound.class);
    }

    private CheckpointPublisher publisher() {
        var publisher = new CheckpointPublisher(transactions, key, soundness, hashes, settings, clock);
        publisher.startFrom(Frontier.EMPTY);
        return publisher;
    }

    /** Changes rows as one who may do anything, sees what the check says, and puts all back. */
    private String foundAfter(String tamper, String undo) {
        asOwner(tamper);
        try {
            return switch (check.check()) {
                case LogCheck.Found.Sound s -> "sound";
                case LogCheck.Found.Faulty(var reason) -> reason;
            };
        } finally {
            asOwner(undo);
            assertThat(check.check()).isInstanceOf(LogCheck.Found.Sound.class);
        }
    }

    private void asOwner(String sql) {
        var tables = List.of("audit_leaf", "audit_node", "audit_checkpoint");
        transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.createStatement()) {
                for (var table : tables) {
                    statement.execute("ALTER TABLE " + table + " DISABLE TRIGGER keep_the_past");
                }
                statement.execute(sql);
                for (var table : tables) {
                    statement.execute("ALTER TABLE " + table + " ENABLE TRIGGER keep_the_past");
                }
                return tables;
            }
        }));
    }

    @Test
    void one_changed_byte_is_found_and_named() {
        var flip = "UPDATE audit_leaf SET leaf = set_byte(leaf, 20, get_byte(leaf, 20) # 1) WHERE index = 7";

        assertThat(foundAfter(flip, flip)).isEqualTo("entry 7 was changed");
    }

    @Test
    void a_changed_entry_with_a_fitting_hash_is_found_by_the_signed_checkpoint() {
        // The last entry that was signed: no stored subtree holds it, unless the size is a multiple of 256.
        var index = log.checkpoint().orElseThrow().head().size() - 1;
        asOwner("CREATE TABLE aside AS SELECT * FROM audit_leaf WHERE index = " + index);

        var reason = foundAfter(
                copyOver("audit_leaf", index, "o.index = " + (index - 1)),
                copyOver("aside", index, "o.index = " + index));

        asOwner("DROP TABLE aside");
        assertThat(reason).containsAnyOf("is not what was signed then", "subtree");
    }

    private static String copyOver(String from, long index, String which) {
        return "UPDATE audit_leaf l SET leaf = o.leaf, hash = o.hash, kind = o.kind, actor = o.actor,"
                + " order_id = o.order_id, place = o.place FROM " + from + " o WHERE " + which + " AND l.index = "
                + index;
    }

    @Test
    void a_missing_entry_is_found_and_named() {
        assertThat(foundAfter(
                        "UPDATE audit_leaf SET index = 1000000 WHERE index = 9",
                        "UPDATE audit_leaf SET index = 9 WHERE index = 1000000"))
                .isEqualTo("entry 9 is missing");
    }

    @Test
    void an_entry_hidden_from_its_order_is_found() {
        var last = log.head().size() - 1;
        var order = log.entry(last).orElseThrow().entry().order();

        assertThat(foundAfter(
                        "UPDATE audit_leaf SET order_id = '' WHERE index = " + last,
                        "UPDATE audit_leaf SET order_id = '" + order + "' WHERE index = " + last))
                .isEqualTo("entry " + last + " is filed under what it does not say");
    }

    @Test
    void a_changed_head_is_found() {
        var flip = "UPDATE audit_head SET root = set_byte(root, 0, get_byte(root, 0) # 1)";

        assertThat(foundAfter(flip, flip)).startsWith("the head is not that of the");
    }

    @Test
    void the_application_refuses_to_start_on_a_log_that_does_not_hold() {
        var keeper = new LogKeeper(check, publisher(), soundness, settings);
        var flip = "UPDATE audit_leaf SET leaf = set_byte(leaf, 20, get_byte(leaf, 20) # 1) WHERE index = 7";
        asOwner(flip);
        try {
            assertThatThrownBy(() -> keeper.start(new StartupEvent()))
                    .hasMessageContaining("refusing to start")
                    .hasMessageContaining("entry 7 was changed");
        } finally {
            asOwner(flip);
        }
    }

    @Test
    void a_changed_entry_is_never_signed_over_and_nothing_more_is_appended() {
        var last = log.head().size() - 1;
        var flip = "UPDATE audit_leaf SET leaf = set_byte(leaf, 20, get_byte(leaf, 20) # 1) WHERE index = " + last;
        var appender = new AuditAppender(transactions, soundness);
        asOwner(flip);
        try {
            assertThat(publisher().publish()).isFalse();

            assertThat(soundness.fault())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("do not make the root"));
            assertThat(log.checkpoint().orElseThrow().head().size())
                    .isLessThan(log.head().size());
            assertThat(new LogHealth(soundness).call().getStatus())
                    .isEqualTo(org.eclipse.microprofile.health.HealthCheckResponse.Status.DOWN);
            assertThatThrownBy(() -> transactions.inOne(() -> appender.append(List.of(anEntry()))))
                    .hasStackTraceContaining("the audit log is refused");
        } finally {
            asOwner(flip);
        }
    }

    @Test
    void a_changed_subtree_hash_is_found() {
        var flip =
                "UPDATE audit_node SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1) WHERE level = 8 AND index = 0";

        assertThat(foundAfter(flip, flip)).isEqualTo("subtree 8/0 was changed");
    }
}
