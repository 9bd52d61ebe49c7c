package io.venule.store;

import static io.venule.store.WardFixture.aChannel;
import static io.venule.store.WardFixture.anEntry;
import static io.venule.store.WardFixture.entryOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.venule.audit.Frontier;
import io.venule.order.AuditTrail;
import io.venule.order.Orders.Approval;
import io.venule.order.Orders.Kept;
import io.venule.order.PumpRecords;
import io.venule.order.PumpRecords.Logged;
import io.venule.order.RecordUnavailable;
import io.venule.order.SignedOrderFixture;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpRecord;
import io.venule.pump.RecordHead;
import io.venule.pump.RecordPosition;
import io.venule.signing.Digest;
import io.venule.signing.SigningKey;
import io.venule.stack.BackboneResource;
import io.venule.store.WardFixture.Bedside;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The record fails at each of its writes in turn, is full, slow or gone: nothing is acknowledged that is not there, nothing is half there, and
 * it goes on where it was when the failure ends. Threats T-46, T-47, T-64; issue "audit log", item 8.
 */
@QuarkusTest
@WithTestResource(BackboneResource.class)
@TestProfile(LogTamperingIT.Unwatched.class)
class LogFailureIT {
    private static final SigningKey KEY = SigningKey.generate(new SecureRandom());
    private static final String EPOCH = "0123456789abcdef0123456789abcdef";

    @Inject
    AuditTrail trail;

    @Inject
    PostgresOrders orders;

    @Inject
    PostgresPumpRecords leased;

    @Inject
    PostgresAdmissions admissions;

    @Inject
    PostgresAuditLog log;

    @Inject
    LogCheck check;

    @Inject
    CheckpointKey key;

    @Inject
    FileCheckpointMemory memory;

    @Inject
    StoredHashes hashes;

    @Inject
    Transactions transactions;

    @Inject
    InstantSource clock;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private final LogSoundness soundness = new LogSoundness(InstantSource.system(), new MachineUptime());
    Bedside bedside;
    private PumpRecords records;

    @BeforeEach
    void admit() {
        records = new RecordsAsHolder(leased, transactions);
        bedside = Bedside.admitted(admissions);
    }

    /** Each write of an order's and of a record's transaction, and its commit; an error, a full disk, and a connection that dies there. */
    @ParameterizedTest
    @CsvSource({
        "audit_leaf, INSERT, error", "audit_leaf, INSERT, death", "audit_leaf, INSERT, commit",
        "audit_node, INSERT, error", "audit_node, INSERT, death", "audit_node, INSERT, commit",
        "audit_head, UPDATE, error", "audit_head, UPDATE, death", "audit_head, UPDATE, commit",
        "infusion_order, INSERT, error", "infusion_order, INSERT, death", "infusion_order, INSERT, commit",
        "pump_record, INSERT, error", "pump_record, INSERT, death", "pump_record, INSERT, commit",
        "pump_record_head, INSERT, error", "pump_record_head, INSERT, death", "pump_record_head, INSERT, commit"
    })
    void a_write_that_fails_leaves_nothing_behind_and_the_same_succeeds_afterwards(
            String table, String write, String failure) throws SQLException {
        fillToNextSubtree();
        var approval = bedside.approvalOn(aChannel());
        var pumpRecord = aRecord();
        var before = log.head();

        breakAt(table, write, failure);
        try {
            boolean ofOrders = !table.startsWith("pump_record");
            if (ofOrders) {
                assertThatThrownBy(() -> keep(approval)).isInstanceOf(RecordUnavailable.class);
                assertThat(orders.find(approval.order().id())).isEmpty();
            }
            if (!table.equals("infusion_order")) {
                assertThatThrownBy(() -> keep(pumpRecord)).isInstanceOf(RecordUnavailable.class);
                assertThat(records.head(pumpRecord.record().pump())).isEmpty();
            }
            assertThat(log.head()).isEqualTo(before);
        } finally {
            mend(table);
        }

        assertThat(keep(approval)).isInstanceOf(Kept.New.class);
        assertThat(keep(pumpRecord)).isTrue();
        assertThat(log.head().size()).isEqualTo(before.size() + 3);
        assertThat(check.check()).isInstanceOf(LogCheck.Found.Sound.class);
    }

    /** The next entry completes 256, so that it writes a subtree as well. */
    private void fillToNextSubtree() {
        var missing = (int) (255 - log.head().size() % 256);
        if (missing > 0) {
            transactions.inOne(() -> new AuditAppender(transactions, soundness)
                    .append(Stream.generate(WardFixture::anEntry).limit(missing).toList()));
        }
    }

    private Kept keep(Approval approval) {
        return orders.keep(approval, entryOf(approval), head -> SignedOrderFixture.signed(approval.order(), KEY));
    }

    private boolean keep(Logged pumpRecord) {
        return records.keep(pumpRecord.record().pump(), Optional.empty(), List.of(pumpRecord));
    }

    private static Logged aRecord() {
        var pump = aChannel().pump();
        var position = new RecordPosition(EPOCH, 1);
        var hash = Digest.ofText(pump.value()).hex();
        var record = new PumpRecord(
                pump,
                position,
                RecordHead.before(EPOCH).hash(),
                hash,
                WardFixture.NOON,
                1000,
                new PumpEvent.DoorChanged(1, true),
                "a.b.c");
        return new Logged(record, WardFixture.recordOf(pump, position));
    }

    private void breakAt(String table, String write, String failure) throws SQLException {
        var body = failure.equals("death")
                ? "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1);"
                : "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';";
        var trigger = failure.equals("commit")
                ? "CREATE CONSTRAINT TRIGGER fails AFTER " + write + " ON " + table + " DEFERRABLE INITIALLY DEFERRED"
                : "CREATE TRIGGER fails BEFORE " + write + " ON " + table;
        outside("CREATE OR REPLACE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body
                + " RETURN NEW; END $$; " + trigger + " FOR EACH ROW EXECUTE FUNCTION fails()");
    }

    private void mend(String table) throws SQLException {
        outside("DROP TRIGGER fails ON " + table);
    }

    /** On a connection that is not the application's, in the database of that name. */
    private void outside(String sql) throws SQLException {
        outside(url, sql);
    }

    private void outside(String address, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(address, "venule", password);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_checkpoint_that_cannot_be_written_is_published_later_and_never_signed_twice() throws SQLException {
        trail.append(anEntry());
        breakAt("audit_checkpoint", "INSERT", "error");
        try {
            assertThatThrownBy(() -> publisher().publish()).isInstanceOf(RecordUnavailable.class);
        } finally {
            mend("audit_checkpoint");
        }
        var kept = memory.last().orElseThrow();

        assertThat(publisher().publish()).isTrue();

        assertThat(log.checkpoint().orElseThrow().note()).isEqualTo(kept.note());
        assertThat(soundness.fault()).isEmpty();
        assertThat(check.check()).isInstanceOf(LogCheck.Found.Sound.class);
    }

    @Test
    void a_second_store_that_cannot_be_written_keeps_a_checkpoint_from_being_published() throws IOException {
        trail.append(anEntry());
        assertThat(publisher().publish()).isTrue();
        trail.append(anEntry());
        var before = log.checkpoint().orElseThrow().note();
        // A folder where the file is to be written: opening it fails, whoever runs this.
        var inTheWay = Files.createDirectory(Path.of(memory.place()).resolve("checkpoint.next"));
        try {
            assertThatThrownBy(() -> publisher().publish()).hasMessageContaining("cannot be kept");
        } finally {
            Files.delete(inTheWay);
        }

        assertThat(log.checkpoint().orElseThrow().note()).isEqualTo(before);
        assertThat(publisher().publish()).isTrue();
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

    @Test
    void a_record_that_is_slow_is_given_up_within_seconds() throws SQLException {
        var approval = bedside.approvalOn(aChannel());
        try (var connection = DriverManager.getConnection(url, "venule", password);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT * FROM audit_head FOR UPDATE");

            var began = System.nanoTime();
            assertThatThrownBy(() -> keep(approval)).isInstanceOf(RecordUnavailable.class);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            connection.rollback();
        }
        assertThat(keep(approval)).isInstanceOf(Kept.New.class);
    }

    @Test
    void while_the_database_is_gone_nothing_is_taken_and_soon_after_its_return_everything_is() throws SQLException {
        var approval = bedside.approvalOn(aChannel());
        var pumpRecord = aRecord();
        var before = log.head().size();
        var elsewhere = url.replaceFirst("/venule.*", "/postgres");
        outside(elsewhere, "ALTER DATABASE venule ALLOW_CONNECTIONS false");
        try {
            outside(elsewhere, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'venule'");

            assertThatThrownBy(() -> keep(approval)).isInstanceOf(RecordUnavailable.class);
            assertThatThrownBy(() -> keep(pumpRecord)).isInstanceOf(RecordUnavailable.class);
            assertThatThrownBy(() -> trail.append(anEntry())).isInstanceOf(RecordUnavailable.class);
        } finally {
            outside(elsewhere, "ALTER DATABASE venule ALLOW_CONNECTIONS true");
        }

        await().atMost(Duration.ofSeconds(10))
                .ignoreException(RecordUnavailable.class)
                .until(() -> keep(pumpRecord));
        assertThat(keep(approval)).isInstanceOf(Kept.New.class);
        assertThat(log.head().size()).isEqualTo(before + 3);
        assertThat(check.check()).isInstanceOf(LogCheck.Found.Sound.class);
    }
}
