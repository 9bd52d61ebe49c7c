package io.venule.store;

import static io.venule.store.WardFixture.anEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.venule.audit.Checkpoint;
import io.venule.audit.Frontier;
import io.venule.audit.Leaf;
import io.venule.audit.TreeHead;
import io.venule.order.AuditTrail;
import io.venule.order.RecordUnavailable;
import io.venule.signing.Digest;
import io.venule.stack.BackboneResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the second store of the last checkpoint is for: another or an earlier history under our key is noticed. T-44, T-45, T-48. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
@TestProfile(LogTamperingIT.Unwatched.class)
class SecondStoreIT {
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
    InstantSource clock;

    @Inject
    FileCheckpointMemory memory;

    private LogSoundness soundness = new LogSoundness(InstantSource.system(), new MachineUptime());

    @BeforeEach
    void a_signed_log() {
        for (int i = 0; i < 20; i++) {
            trail.append(anEntry());
        }
        assertThat(publisher().publish()).isTrue();
        trail.append(anEntry());
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

    private void asOwner(String sql) {
        Superuser.run(transactions, sql);
    }

    /** Threat T-44: yesterday's database, with everything in it that fits together. */
    @Test
    void a_database_turned_back_to_an_earlier_signed_state_is_found_and_never_signed_over() {
        var earlier = log.checkpoint().orElseThrow().head().size();
        trail.append(anEntry());
        assertThat(publisher().publish()).isTrue();
        var tables = List.of("audit_leaf", "audit_node", "audit_checkpoint", "audit_head");
        var keep = tables.stream()
                .map(table -> "CREATE TABLE today_" + table + " AS SELECT * FROM " + table)
                .collect(Collectors.joining("; "));
        var turnBack = "DELETE FROM audit_leaf WHERE index >= " + earlier + "; DELETE FROM audit_node WHERE (index + 1)"
                + " * (1::bigint << level::int) > " + earlier + "; DELETE FROM audit_checkpoint WHERE size > "
                + earlier;
        asOwner(keep);
        asOwner(turnBack);
        var edge = edgeOf(earlier);
        setHead(edge);
        try {
            assertThat(check.check())
                    .isInstanceOfSatisfying(
                            LogCheck.Found.Faulty.class,
                            found -> assertThat(found.reason()).contains("the database was turned back"));
            assertThat(publisher().publish()).isFalse();
            trail.append(anEntry());
            trail.append(anEntry());
            assertThat(publisher().publish()).isFalse();
            assertThat(soundness.fault()).isPresent();
            assertThat(log.checkpoint().orElseThrow().head().size()).isEqualTo(earlier);
        } finally {
            asOwner(tables.stream()
                    .map(table -> "ALTER TABLE " + table + " DISABLE TRIGGER keep_the_past; DELETE FROM " + table
                            + "; INSERT INTO " + table + " SELECT * FROM today_" + table + "; DROP TABLE today_" + table
                            + "; ALTER TABLE " + table + " ENABLE TRIGGER keep_the_past")
                    .collect(Collectors.joining("; ")));
        }
        assertThat(check.check()).isInstanceOf(LogCheck.Found.Sound.class);
    }

    private Frontier edgeOf(long size) {
        var edge = new AtomicReference<>(Frontier.EMPTY);
        log.leaves(0, size, (_, leaf) -> edge.updateAndGet(before -> before.append(Leaf.hash(leaf))));
        return edge.get();
    }

    private void setHead(Frontier edge) {
        var hex = HexFormat.of();
        asOwner("UPDATE audit_head SET size = " + edge.size() + ", frontier = '\\x" + hex.formatHex(edge.bytes())
                + "', root = '\\x" + edge.head().root().hex() + "'");
    }

    /** Threat T-44, T-45: another history under our key. */
    @Test
    void a_checkpoint_of_another_history_in_the_second_store_stops_the_signing() {
        var mine = memory.last();
        var other = key.sign(new TreeHead(1, Digest.ofText("other")), new TreeHead(1, Digest.ofText("other")));
        var longer = new TreeHead(log.head().size() + 10, Digest.ofText("longer"));
        assertThat(memory.swap(mine, key.sign(longer, longer))).isTrue();
        try {
            assertThat(publisher().publish()).isFalse();
            assertThat(soundness.fault())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("turned back"));
            assertThat(check.check()).isInstanceOf(LogCheck.Found.Faulty.class);
        } finally {
            assertThat(memory.swap(memory.last(), mine.orElseThrow())).isTrue();
        }
        assertThat(memory.swap(Optional.empty(), other)).isFalse();
        assertThat(memory.last().map(Checkpoint::head)).isEqualTo(mine.map(Checkpoint::head));
    }

    @Test
    void a_second_store_that_lost_its_checkpoint_is_found_and_a_damaged_one_is_never_overwritten() throws IOException {
        var file = Path.of(memory.place()).resolve("checkpoint");
        var note = Files.readString(file);
        try {
            Files.delete(file);
            assertThat(check.check())
                    .isInstanceOfSatisfying(
                            LogCheck.Found.Faulty.class,
                            found -> assertThat(found.reason()).contains("put its file back"));
            assertThat(publisher().publish()).isFalse();
            assertThat(soundness.fault()).isPresent();

            Files.writeString(file, note.replaceFirst("\n[0-9]+\n", "\n1\n"));
            soundness = new LogSoundness(clock, new MachineUptime());
            assertThatThrownBy(() -> publisher().publish()).isInstanceOf(LogDamaged.class);
            assertThatThrownBy(() -> check.begin()).isInstanceOf(LogDamaged.class);
        } finally {
            Files.writeString(file, note);
        }
        assertThat(check.check()).isInstanceOf(LogCheck.Found.Sound.class);
        assertThat(publisher().publish()).isTrue();
    }

    @Test
    void a_checkpoint_kept_but_not_published_when_the_process_ended_is_published_and_not_signed_twice() {
        var head = log.head();
        var kept = key.sign(head, head);
        assertThat(memory.swap(memory.last(), kept)).isTrue();

        assertThat(publisher().publish()).isTrue();

        assertThat(log.checkpoint().orElseThrow().note()).isEqualTo(kept.note());
        assertThat(check.check()).isInstanceOf(LogCheck.Found.Sound.class);
    }

    @Test
    void what_two_ways_do_not_agree_on_is_never_signed() {
        var head = log.head();
        var random = new Random(48);
        for (int trial = 0; trial < 1000; trial++) {
            var root = head.root().bytes().clone();
            int bit = random.nextInt(256);
            root[bit / 8] ^= (byte) (1 << bit % 8);
            var flipped = new TreeHead(head.size(), Digest.ofRaw(root));

            assertThatThrownBy(() -> key.sign(flipped, head)).isInstanceOf(LogDamaged.class);
        }
    }

    @Test
    void while_no_checkpoint_can_be_signed_orders_are_refused_and_reports_are_kept() {
        var passed = new AtomicReference<>(Duration.ZERO);
        // The clock is set forward and back meanwhile: what counts is time that passes. Threat T-50.
        var strict = new LogSoundness(
                () -> clock.instant().plus(Duration.ofHours(passed.get().toMillis() % 2 == 0 ? 1 : -1)), passed::get);
        strict.unsigned("no space left on device");
        passed.set(LogSoundness.UNSIGNED_LIMIT.minusMillis(1));
        strict.unsigned("still none");
        assertThat(strict.refusal()).isEmpty();

        passed.set(LogSoundness.UNSIGNED_LIMIT);

        assertThat(strict.refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("still none"));
        assertThatThrownBy(strict::requireForOrders).isInstanceOf(RecordUnavailable.class);
        strict.require();
        strict.signed();
        strict.requireForOrders();
    }
}
