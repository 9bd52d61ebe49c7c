package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.Checkpoint;
import io.venule.audit.Frontier;
import io.venule.audit.TreeHead;
import io.venule.signing.Digest;
import io.venule.stack.Backbone;
import io.venule.store.BareLog.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each of the ways to a root, and the checkpoint remembered in the second store, is enough by itself to keep a log from being signed or believed. Each
 * test has a log of its own. Promises P-10, P-11; threats T-44, T-45, T-48.
 */
class NeverSignedOverIT {
    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    static Path folder;

    private static Backbone backbone;

    private BareLog log;
    private final AtomicReference<Duration> uptime = new AtomicReference<>(Duration.ZERO);

    @BeforeAll
    static void a_server() throws IOException {
        backbone = Backbone.start();
    }

    @AfterAll
    static void end() throws IOException {
        backbone.close();
    }

    @BeforeEach
    void a_log() throws SQLException {
        var name = "log_" + NEXT.incrementAndGet();
        var database = backbone.database();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
        }
        var url = database.url() + (database.url().contains("?") ? "&" : "?") + "currentSchema=" + name;
        var place = new Place(url, database.user(), database.password(), backbone.keys(), folder.resolve(name));
        place.migrate();
        log = new BareLog(place, new LocalDisk(), InstantSource.system());
        log.publisher.startFrom(Frontier.EMPTY);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static TreeHead another(long size) {
        return new TreeHead(size, Digest.ofText("another history of " + size));
    }

    private void remember(TreeHead head) {
        assertThat(log.memory.swap(log.memory.last(), log.key.sign(head, head))).isTrue();
    }

    /** The running check over a log that was sound a moment ago, by one whole round. */
    private String foundByTheRecheck() {
        var rounds = log.rounds(InstantSource.system(), uptime::get);
        rounds.startAt(log.log.head());
        for (int i = 0; i < 4; i++) {
            uptime.updateAndGet(now -> now.plus(Duration.ofSeconds(30)));
            rounds.step();
        }
        return log.soundness.fault().orElse("nothing");
    }

    private void aSignedLog(int entries) {
        log.append(1, entries);
        assertThat(log.publisher.publish()).isTrue();
        assertThat(foundByTheRecheck()).isEqualTo("nothing");
    }

    @Test
    void the_recheck_finds_that_another_history_of_the_same_length_is_remembered() {
        aSignedLog(30);
        remember(another(30));

        assertThat(foundByTheRecheck())
                .startsWith("an entry before 30 is not what was signed, by the checkpoint in " + log.memory.place());
    }

    /** What is remembered was not published yet: only the memory knows of it. */
    @Test
    void the_recheck_finds_that_what_is_remembered_is_no_state_of_the_log_though_none_was_published() {
        aSignedLog(30);
        log.append(100, 10);
        remember(another(35));

        assertThat(foundByTheRecheck())
                .startsWith("an entry before 35 is not what was signed, by the checkpoint in " + log.memory.place());
    }

    @Test
    void the_recheck_finds_that_a_longer_log_is_remembered() {
        aSignedLog(30);
        remember(another(31));

        assertThat(foundByTheRecheck())
                .startsWith("entries from 30 on are missing: 31 were signed")
                .endsWith("the database was turned back");
    }

    @Test
    void the_recheck_finds_that_an_older_state_is_remembered_than_is_published() {
        log.append(1, 20);
        assertThat(log.publisher.publish()).isTrue();
        var older = log.log.head();
        log.append(100, 10);
        assertThat(log.publisher.publish()).isTrue();
        remember(older);

        assertThat(foundByTheRecheck()).startsWith("30 entries were signed, but the checkpoint in");
    }

    /** Nothing of it may be signed, now or later, and not be remembered either. */
    private void neverSigned(String why) {
        var remembered = log.memory.last().map(Checkpoint::note);
        var published = log.log.checkpoint().map(Checkpoint::note);

        assertThat(log.publisher.publish()).isFalse();

        assertThat(log.soundness.fault())
                .hasValueSatisfying(said -> assertThat(said).contains(why));
        assertThat(log.publisher.publish()).isFalse();
        assertThat(log.memory.last().map(Checkpoint::note)).isEqualTo(remembered);
        assertThat(log.log.checkpoint().map(Checkpoint::note)).isEqualTo(published);
    }

    private void asOwner(String sql) {
        Superuser.run(
                log.transactions,
                "ALTER TABLE audit_head DISABLE TRIGGER keep_the_past; " + sql
                        + "; ALTER TABLE audit_head ENABLE TRIGGER keep_the_past");
    }

    private static String flipped(String column) {
        return column + " = set_byte(" + column + ", 20, get_byte(" + column + ", 20) # 1)";
    }

    @Test
    void leaves_that_do_not_make_the_root_are_not_signed_though_all_stored_hashes_do() {
        log.append(1, 300);
        asOwner("UPDATE audit_leaf SET " + flipped("leaf") + " WHERE index = 7");

        neverSigned("the leaves do not make the root of the 300 entries");
    }

    @Test
    void a_stored_hash_of_an_entry_that_does_not_make_the_root_is_not_signed_over_though_the_leaves_do() {
        log.append(1, 300);
        asOwner("UPDATE audit_leaf SET " + flipped("hash") + " WHERE index = 290");

        neverSigned("the stored hashes do not make the root of the 300 entries");
    }

    @Test
    void a_stored_hash_of_a_subtree_that_does_not_make_the_root_is_not_signed_over_though_the_leaves_do() {
        log.append(1, 300);
        asOwner("UPDATE audit_node SET " + flipped("hash") + " WHERE level = 8 AND index = 0");

        neverSigned("the stored hashes do not make the root of the 300 entries");
    }

    @Test
    void a_root_that_neither_makes_is_not_signed() {
        log.append(1, 300);
        asOwner("UPDATE audit_head SET " + flipped("root"));

        neverSigned("do not make the root of the 300 entries");
    }

    /** All of the database fits together; only what is remembered does not. */
    @Test
    void a_log_that_does_not_begin_with_what_is_remembered_is_not_signed() {
        log.append(1, 30);
        remember(another(10));

        neverSigned("the 10 entries signed before are not the beginning of the log");
    }

    @Test
    void a_log_of_the_length_that_is_remembered_and_of_another_history_is_not_signed() {
        log.append(1, 30);
        remember(another(30));

        neverSigned("the 30 entries signed before are not the beginning of the log");
    }

    @Test
    void a_log_that_is_shorter_than_what_is_remembered_is_not_signed() {
        log.append(1, 30);
        remember(another(31));

        neverSigned("the log shrank from 31 to 30 entries");
    }
}
