package io.venule.store;

import static io.venule.store.WardFixture.anEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
            return Map.of(
                    "venule.store.checkpoint-every", "1h",
                    "venule.store.recheck-every", "1h",
                    // What settles unanswered orders would meet the damage, too, and rightly have the whole application
                    // refuse the log.
                    "quarkus.scheduler.enabled", "false");
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

    @Inject
    FileCheckpointMemory memory;

    @Inject
    PostgresAuditTrail ownTrail;

    private LogSoundness soundness = new LogSoundness(InstantSource.system(), new MachineUptime());

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
        var publisher = new CheckpointPublisher(
                transactions,
                key,
                memory,
                new PublisherLease(transactions, "test", new MachineUptime()),
                soundness,
                hashes,
                clock);
        publisher.startFrom(Frontier.EMPTY);
        return publisher;
    }

    private LogRounds rounds() {
        return new LogRounds(check, soundness, settings, clock, new MachineUptime());
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
        Superuser.run(transactions, sql);
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
        assertThat(reason).containsAnyOf("is not what was signed", "subtree");
    }

    private static String copyOver(String from, long index, String which) {
        return "UPDATE audit_leaf l SET leaf = o.leaf, hash = o.hash, kind = o.kind, actor = o.actor,"
                + " order_id = o.order_id, place = o.place, patient = o.patient, drug = o.drug, person = o.person FROM "
                + from + " o WHERE " + which + " AND l.index = "
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
        var keeper =
                new LogKeeper(check, publisher(), rounds(), soundness, settings, ownTrail, clock, new MachineUptime());
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
            assertThat(new LogHealth(soundness, rounds(), new SimpleMeterRegistry())
                            .call()
                            .getStatus())
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

        assertThat(foundAfter(flip, flip)).startsWith("subtree 8/0 was changed").contains("from 0 to 255");
    }

    @Test
    void reordered_entries_are_found_at_the_first_of_them() {
        var swap = "UPDATE audit_leaf SET index = -1 WHERE index = 11;"
                + " UPDATE audit_leaf SET index = 11 WHERE index = 12; UPDATE audit_leaf SET index = 12 WHERE index = -1";

        assertThat(foundAfter(
                        "ALTER TABLE audit_leaf DROP CONSTRAINT audit_leaf_index_check; " + swap,
                        swap + "; ALTER TABLE audit_leaf ADD CONSTRAINT audit_leaf_index_check CHECK (index >= 0)"))
                .containsAnyOf("subtree 8/0", "signed");
    }

    @Test
    void an_entry_put_in_beyond_the_head_is_found() {
        assertThat(foundAfter(
                        "INSERT INTO audit_leaf SELECT index + 5000000, leaf, hash, kind, at, actor, order_id, place, patient, drug, person"
                                + " FROM audit_leaf WHERE index = 3",
                        "DELETE FROM audit_leaf WHERE index = 5000003"))
                .startsWith("1 entries are outside the log");
    }

    @Test
    void an_entry_slipped_in_behind_the_last_one_is_found() {
        var next = log.head().size();

        assertThat(foundAfter(
                        "INSERT INTO audit_leaf SELECT " + next
                                + ", leaf, hash, kind, at, actor, order_id, place, patient, drug, person"
                                + " FROM audit_leaf WHERE index = 3",
                        "DELETE FROM audit_leaf WHERE index = " + next))
                .startsWith("the head is not that of the");
    }

    @Test
    void an_emptied_table_is_found() {
        assertThat(foundAfter(
                        "CREATE TABLE all_aside AS SELECT * FROM audit_leaf; TRUNCATE audit_leaf",
                        "INSERT INTO audit_leaf SELECT * FROM all_aside; DROP TABLE all_aside"))
                .contains("are missing");
    }

    @Test
    void a_changed_checkpoint_is_found_though_it_was_verified_before() {
        var first = "WHERE size = (SELECT min(size) FROM audit_checkpoint)";
        var other = "UPDATE audit_checkpoint SET note = overlay(note placing 'X' from 1 for 1) " + first;
        var back = "UPDATE audit_checkpoint SET note = overlay(note placing 'v' from 1 for 1) " + first;

        assertThat(foundAfter(other, back)).contains("signed");

        var flip =
                "UPDATE audit_checkpoint SET note = regexp_replace(note, '(.)(..)\\n$', '\\2\\1' || chr(10)) " + first;
        var aside = "CREATE TABLE note_aside AS SELECT * FROM audit_checkpoint; " + flip;
        assertThat(foundAfter(
                        aside,
                        "UPDATE audit_checkpoint c SET note = a.note FROM note_aside a WHERE a.size = c.size;"
                                + " DROP TABLE note_aside"))
                .contains("was changed");
    }

    @Test
    void a_removed_checkpoint_is_found() {
        assertThat(foundAfter(
                        "CREATE TABLE gone AS SELECT * FROM audit_checkpoint ORDER BY size LIMIT 1;"
                                + " DELETE FROM audit_checkpoint WHERE size = (SELECT size FROM gone)",
                        "INSERT INTO audit_checkpoint SELECT * FROM gone; DROP TABLE gone"))
                .isNotEqualTo("sound");
    }

    @Test
    void a_dropped_disabled_or_hollowed_trigger_is_found() {
        var create = "CREATE TRIGGER keep_the_past BEFORE UPDATE OR DELETE OR TRUNCATE ON pump_record"
                + " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past()";
        var hollow = "CREATE OR REPLACE FUNCTION refuse_change_of_the_past() RETURNS trigger LANGUAGE plpgsql AS $$"
                + " BEGIN RETURN NULL; END $$";
        var full = "CREATE OR REPLACE FUNCTION refuse_change_of_the_past() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME"
                + " USING ERRCODE = 'restrict_violation'; END $$";

        assertThat(foundAfter("DROP TRIGGER keep_the_past ON pump_record", create))
                .contains("stands on 7 of 8");
        assertThat(foundAfter(
                        "ALTER TABLE pump_record DISABLE TRIGGER keep_the_past",
                        "ALTER TABLE pump_record ENABLE TRIGGER keep_the_past"))
                .contains("stands on 7 of 8");
        assertThat(foundAfter(hollow, full)).contains("stands on 0 of 8");
    }

    /** Steps of the running check, as small as can be: everything is still seen. P-11. */
    @Test
    void a_change_is_found_by_a_check_in_small_steps_while_entries_are_appended() {
        var flip = "UPDATE audit_leaf SET leaf = set_byte(leaf, 20, get_byte(leaf, 20) # 1) WHERE index = 250";
        var sound = check.begin();
        while (sound.step(7) instanceof LogCheck.Progress.Upto) {
            trail.append(anEntry());
        }
        asOwner(flip);
        try {
            var round = check.begin();
            LogCheck.Progress progress = new LogCheck.Progress.Upto(0);
            while (progress instanceof LogCheck.Progress.Upto) {
                progress = round.step(7);
            }
            assertThat(progress)
                    .isEqualTo(new LogCheck.Progress.Done(new LogCheck.Found.Faulty("entry 250 was changed")));
        } finally {
            asOwner(flip);
        }
    }
}
