package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.audit.Cosignature;
import io.venule.audit.Frontier;
import io.venule.audit.TestWitness;
import io.venule.audit.Witnessing;
import io.venule.audit.Witnessing.Outcome;
import io.venule.order.RecordUnavailable;
import io.venule.signing.KeyFiles;
import io.venule.signing.NoteKey;
import io.venule.stack.Backbone;
import io.venule.store.BareLog.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Yesterday's PostgreSQL is put back, once without and once with what was in the second store then: of the second nothing here can tell, but a
 * witness can. Threat T-44, P-12.
 */
class RestoredDatabaseIT {
    @TempDir
    static Path folder;

    private static Backbone backbone;
    private static Place place;

    @BeforeAll
    static void a_database() throws IOException {
        backbone = Backbone.start();
        var database = backbone.database();
        place = new Place(
                database.url(), database.user(), database.password(), backbone.keys(), folder.resolve("memory"));
        place.migrate();
    }

    @AfterAll
    static void end() throws IOException {
        backbone.close();
    }

    private static BareLog open(Place where) throws SQLException {
        var log = new BareLog(where, new LocalDisk(), InstantSource.system());
        log.publisher.startFrom(Frontier.EMPTY);
        return log;
    }

    private static Witnessing witnessing(BareLog log, NoteKey key) {
        return new Witnessing(log.log, log.cosignatures, key, () -> Duration.ofNanos(System.nanoTime()));
    }

    /** The log's tables as they are now, put aside in the same database, with the second store. */
    private static void backUp(BareLog log) throws IOException {
        asOwner(log, tables("DROP TABLE IF EXISTS kept_%1$s; CREATE TABLE kept_%1$s AS SELECT * FROM %1$s"));
        Files.copy(place.memory().resolve("checkpoint"), folder.resolve("checkpoint-of-yesterday"));
    }

    /** As a restore does it: everything is again as it was, triggers included. */
    private static void putBack(BareLog log) {
        asOwner(
                log,
                "DELETE FROM audit_cosignature; "
                        + tables("DELETE FROM %1$s; INSERT INTO %1$s SELECT * FROM kept_%1$s")
                        + "; INSERT INTO audit_cosignature SELECT * FROM kept_audit_cosignature");
    }

    private static String tables(String each) {
        return List.of("audit_cosignature", "audit_checkpoint", "audit_node", "audit_leaf", "audit_head").stream()
                .map(each::formatted)
                .map(sql -> sql.startsWith("DELETE FROM audit_cosignature") ? "SELECT 1" : sql)
                .reduce((one, other) -> one + "; " + other)
                .orElseThrow();
    }

    private static void asOwner(BareLog log, String sql) {
        Superuser.run(
                log.transactions,
                "ALTER TABLE audit_head DISABLE TRIGGER keep_the_past; " + sql
                        + "; ALTER TABLE audit_head ENABLE TRIGGER keep_the_past");
    }

    @Test
    void yesterdays_database_is_noticed_by_the_second_store_and_with_that_put_back_too_by_a_witness() throws Exception {
        var key = KeyFiles.noteKey(place.keys().resolve("log.vkey"));
        var witness = new TestWitness("witness.example", key);
        try (var log = open(place)) {
            log.append(1, 300);
            assertThat(log.publisher.publish()).isTrue();
            assertThat(witnessing(log, key).show(witness.key(), witness::look)).isInstanceOf(Outcome.Cosigned.class);
            var published = log.cosignatures.witnessed().orElseThrow();
            assertThat(published.head()).isEqualTo(log.log.head());
            assertThat(Cosignature.under(published, List.of(witness.key()))).hasSize(1);

            backUp(log);
            log.append(1000, 40);
            assertThat(log.publisher.publish()).isTrue();
            assertThat(witnessing(log, key).show(witness.key(), witness::look)).isInstanceOf(Outcome.Cosigned.class);
            assertThat(log.cosignatures.seenBy(witness.key())).isEqualTo(340);
            putBack(log);
        }
        try (var log = open(place)) {
            assertThat(log.log.head().size()).isEqualTo(300);
            assertThat(log.check.check())
                    .isInstanceOfSatisfying(
                            LogCheck.Found.Faulty.class,
                            found -> assertThat(found.reason()).contains("the database was turned back"));
        }

        Files.move(
                folder.resolve("checkpoint-of-yesterday"),
                place.memory().resolve("checkpoint"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (var log = open(place)) {
            assertThat(log.check.check()).isInstanceOf(LogCheck.Found.Sound.class);
            log.append(2000, 10);
            assertThat(log.publisher.publish()).isTrue();

            assertThat(witnessing(log, key).show(witness.key(), witness::look))
                    .isInstanceOf(Outcome.Contradicted.class);

            assertThat(log.soundness.fault())
                    .hasValueSatisfying(why -> assertThat(why).contains("witness.example has cosigned 340 entries"));
            assertThatThrownBy(() -> log.append(3000, 1)).isInstanceOf(RecordUnavailable.class);
            assertThat(log.publisher.publish()).isFalse();
            assertThat(log.cosignatures.seenBy(witness.key())).isEqualTo(300);
        }
    }
}
