package io.venule.store;

import static io.venule.store.WardFixture.anEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.audit.Checkpoint;
import io.venule.audit.GoVerifier;
import io.venule.audit.InclusionProof;
import io.venule.audit.Leaf;
import io.venule.audit.LogExport;
import io.venule.audit.TreeHead;
import io.venule.order.AuditTrail;
import io.venule.order.RecordUnavailable;
import io.venule.signing.Digest;
import io.venule.signing.KeyFiles;
import io.venule.stack.BackboneResource;
import io.venule.staff.SubjectId;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log on record: gap-free from any number of writers, provable, signed within a second. Invariant 6; P-10. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class AuditLogIT {
    @Inject
    AuditTrail trail;

    @Inject
    AuditLog log;

    @Inject
    AuditAppender appender;

    @Inject
    Transactions transactions;

    @Inject
    @ConfigProperty(name = "venule.keys.directory")
    Path keys;

    @Test
    void a_thousand_appends_at_once_leave_no_gap_and_the_root_of_a_tree_built_plainly() throws Exception {
        var before = log.head().size();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var appends = IntStream.range(0, 1000)
                    .<Callable<Boolean>>mapToObj(n -> () -> {
                        trail.append(anEntry());
                        return true;
                    })
                    .toList();
            for (var done : threads.invokeAll(appends)) {
                assertThat(done.get()).isTrue();
            }
        }

        var head = log.head();
        var leaves = new ArrayList<byte[]>();
        log.leaves(0, head.size(), (index, leaf) -> {
            assertThat(index).isEqualTo(leaves.size());
            leaves.add(leaf);
        });
        assertThat(head.size()).isEqualTo(before + 1000);
        assertThat(leaves).hasSize(Math.toIntExact(head.size()));
        assertThat(head.root().bytes()).isEqualTo(plainRoot(leaves));
        provesEach(head, leaves);
    }

    private void provesEach(TreeHead head, List<byte[]> leaves) {
        for (long index = 0; index < head.size(); index += 97) {
            var proof = InclusionProof.of(index, head.size(), log.hashes());

            assertThat(proof.holds(Leaf.hash(leaves.get(Math.toIntExact(index))), head))
                    .isTrue();
        }
    }

    /** RFC 6962, 2.1, word by word. */
    private static byte[] plainRoot(List<byte[]> leaves) throws Exception {
        var sha = MessageDigest.getInstance("SHA-256");
        if (leaves.size() == 1) {
            sha.update((byte) 0);
            return sha.digest(leaves.getFirst());
        }
        var split = Integer.highestOneBit(leaves.size() - 1);
        sha.update((byte) 1);
        sha.update(plainRoot(leaves.subList(0, split)));
        return sha.digest(plainRoot(leaves.subList(split, leaves.size())));
    }

    @Test
    void a_signed_checkpoint_follows_an_append_within_a_second() {
        trail.append(anEntry());
        var head = log.head();

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> log.checkpoint()
                        .filter(checkpoint -> checkpoint.head().equals(head))
                        .isPresent());
        var note = log.checkpoint().orElseThrow().note().getBytes(StandardCharsets.UTF_8);
        assertThat(Checkpoint.verify(note, KeyFiles.noteKey(keys.resolve("log.vkey"))))
                .isInstanceOf(Checkpoint.Verification.Verified.class);
    }

    /** Promise P-14. */
    @Test
    void what_the_database_holds_is_found_in_order_by_tools_of_others(@TempDir Path folder) {
        var go = GoVerifier.orSkipped();
        IntStream.range(0, 300).forEach(_ -> trail.append(anEntry()));
        var head = log.head();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> log.checkpoint().orElseThrow().head().size() >= head.size());
        var checkpoint = log.checkpoint().orElseThrow();
        var leaves = new ArrayList<byte[]>();
        log.leaves(0, checkpoint.head().size(), (_, leaf) -> leaves.add(leaf));
        LogExport.write(folder.resolve("log"), leaves.iterator(), checkpoint);

        var answer = go.export(folder.resolve("log"), keys.resolve("log.vkey"));

        assertThat(answer.said()).startsWith("OK: " + checkpoint.head().size() + " entries");
        assertThat(answer.isYes()).isTrue();
    }

    @Test
    void entries_are_found_by_order_by_pump_and_by_time() {
        var order = WardFixture.id(WardFixture.next());
        var pump = WardFixture.aChannel();
        var at = Instant.parse("2026-11-21T13:00:00.123Z");
        var entry = moved(at, order).atPlace(pump.toString());
        trail.append(entry);

        assertThat(log.ofOrder(order)).extracting(AuditLog.Logged::entry).containsExactly(entry);
        assertThat(found(pump.pump().value(), at)).containsExactly(entry);
        assertThat(found(pump.toString(), at)).containsExactly(entry);
        assertThat(found(pump.toString(), at.plusMillis(1))).isEmpty();
        assertThat(found(pump.pump().value().substring(0, 4), at)).isEmpty();
        assertThat(log.latest(1).getFirst().index()).isEqualTo(log.head().size() - 1);
        assertThat(log.entry(log.head().size())).isEmpty();
    }

    @Test
    void an_orders_entries_are_found_by_what_any_of_them_names() {
        var order = WardFixture.id(WardFixture.next());
        var patient = Digest.ofText(order);
        var at = Instant.parse("2026-11-21T14:00:00.000Z");
        var named = AuditEntry.of(AuditKind.ORDER_REFUSED, at, new SubjectId("subject-of-" + order))
                .about(order)
                .with("verdict", "MISPAIRED")
                .with("patient", patient)
                .with("drug", "NORepinephrine")
                .with("nurse", "Nina 100%_" + order);
        var later = moved(at, order);
        var other = moved(at, WardFixture.id(WardFixture.next()));
        List.of(named, later, other).forEach(trail::append);

        assertThat(about("", patient.hex(), "", "", "")).containsExactly(later, named);
        assertThat(about("", "", "norEPI", "", "")).contains(later, named).doesNotContain(other);
        assertThat(about("", "", "orepinephrine", "", "")).isEmpty();
        assertThat(about("", "", "", "subject-of-" + order, "")).containsExactly(later, named);
        assertThat(about("", "", "", "nina 100%_" + order, "")).containsExactly(later, named);
        assertThat(about("", "", "", "nina 100__" + order, "")).isEmpty();
        assertThat(about("", "", "", "n%", "")).isEmpty();
        assertThat(about(order, "", "", "", "ORDER_REFUSED")).containsExactly(named);
        assertThat(about(order, "", "", "", "PUMP_RECORD")).isEmpty();
    }

    private static AuditEntry moved(Instant at, String order) {
        return AuditEntry.bySystem(AuditKind.ORDER_STATE, at)
                .about(order)
                .with("from", "waiting")
                .with("to", "running");
    }

    @Test
    void an_entry_that_does_not_follow_its_kinds_schema_is_not_appended() {
        var size = log.head().size();
        var missing = AuditEntry.bySystem(AuditKind.ORDER_STATE, Instant.EPOCH).with("from", "waiting");
        var unknown = moved(Instant.EPOCH, WardFixture.id(WardFixture.next())).with("patientName", "Ada");

        for (var wrong : List.of(missing, unknown)) {
            assertThatThrownBy(() -> transactions.inOne(() -> appender.append(List.of(anEntry(), wrong))))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(log.head().size()).isEqualTo(size);
    }

    private List<AuditEntry> about(String order, String patient, String drug, String person, String kind) {
        var about = new AuditLog.About(order, "", patient, drug, person, kind);
        return log
                .find(new AuditLog.Search(
                        about, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), Long.MAX_VALUE, 10))
                .stream()
                .map(AuditLog.Logged::entry)
                .toList();
    }

    private List<AuditEntry> found(String place, Instant from) {
        return log
                .find(new AuditLog.Search(AuditLog.About.at(place), from, from.plusSeconds(1), Long.MAX_VALUE, 10))
                .stream()
                .map(AuditLog.Logged::entry)
                .toList();
    }

    @Test
    void the_database_refuses_to_change_or_remove_what_is_past() {
        trail.append(anEntry());
        var statements = List.of(
                "UPDATE audit_leaf SET actor = 'nobody'",
                "DELETE FROM audit_leaf",
                "TRUNCATE audit_leaf",
                "DELETE FROM audit_checkpoint",
                "UPDATE audit_node SET level = 9",
                "UPDATE pump_record SET signed = ''",
                "DELETE FROM pump_record",
                "DELETE FROM audit_head",
                "DELETE FROM infusion_order");

        assertThat(statements)
                .allSatisfy(sql -> assertThatThrownBy(() ->
                                transactions.inOne(() -> transactions.statements(connection -> {
                                    try (var statement = connection.createStatement()) {
                                        return statement.executeUpdate(sql);
                                    }
                                })))
                        .as(sql)
                        .isInstanceOf(RecordUnavailable.class)
                        .hasStackTraceContaining("never changed or removed"));
    }
}
