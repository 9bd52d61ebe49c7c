package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.release.ActiveRelease;
import io.venule.release.LibraryReading;
import io.venule.release.LibraryReleases.Activation;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.LibraryReleases.Since;
import io.venule.release.LibraryText;
import io.venule.release.Release;
import io.venule.signing.Digest;
import io.venule.stack.BackboneResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases that became the active one, in PostgreSQL: whole, with their entry, and never changed. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class LibraryReleasesIT {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final List<String> SIGNERS = List.of("Ä. Pharmacist", "b");

    @Inject
    PostgresLibraryReleases releases;

    @Inject
    ActiveRelease inForce;

    @Inject
    AuditLog log;

    @Inject
    DataSource database;

    @Test
    void the_release_of_this_start_is_kept_whole_since_its_entry() {
        var activation = of(inForce.release());
        var entered = log
                .find(new AuditLog.Search(
                        new AuditLog.About("", "", "", "", "", AuditKind.LIBRARY_ACTIVATED.name()),
                        Instant.EPOCH,
                        Instant.parse("9999-01-01T00:00:00Z"),
                        Long.MAX_VALUE,
                        1_000))
                .stream()
                .map(AuditLog.Logged::entry)
                .filter(entry ->
                        entry.library().equals(entry(inForce.release(), 0).library()))
                .map(entry -> entry.at().truncatedTo(ChronoUnit.MILLIS))
                .toList();

        assertThat(activation.version()).isEqualTo(inForce.release().version());
        assertThat(activation.title()).isEqualTo(inForce.release().library().title());
        assertThat(activation.signers()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(entered).contains(activation.at().truncatedTo(ChronoUnit.MILLIS));
        assertThat(releases.bytes(inForce.release().version().sha256())
                        .orElseThrow()
                        .bytes())
                .isEqualTo(inForce.release().canonicalBytes());
    }

    @Test
    void a_release_becomes_the_active_one_together_with_its_entry() {
        var release = another();
        var size = log.head().size();

        activate(release, 0);

        var newest = releases.activations(Long.MAX_VALUE, 2);
        assertThat(newest.getFirst().version()).isEqualTo(release.version());
        assertThat(newest.getFirst().signers()).isEqualTo(SIGNERS);
        assertThat(newest.getFirst().at()).isEqualTo(NOON);
        assertThat(newest.getFirst().number()).isEqualTo(newest.getLast().number() + 1);
        assertThat(releases.activations(newest.getFirst().number(), 1)).containsExactly(newest.getLast());
        assertThat(releases.bytes(release.version().sha256()).orElseThrow().read())
                .isInstanceOfSatisfying(
                        LibraryReading.Loaded.class,
                        read -> assertThat(read.release().version()).isEqualTo(release.version()));
        assertThat(log.head().size()).isEqualTo(size + 1);
    }

    @Test
    void what_is_active_already_is_not_written_again() {
        var release = another();
        activate(release, 0);
        var size = log.head().size();
        var before = releases.activations(Long.MAX_VALUE, 100);

        releases.activate(signed(release), () -> new Since(NOON.plusSeconds(60), List.of()));

        assertThat(releases.activations(Long.MAX_VALUE, 100)).isEqualTo(before);
        assertThat(log.head().size()).isEqualTo(size);
    }

    /** A server that ran before releases were kept: the log names the release, and nothing else does. */
    @Test
    void what_the_log_names_already_is_kept_without_another_entry() {
        var release = another();
        var size = log.head().size();

        releases.activate(signed(release), () -> new Since(NOON, List.of()));

        assertThat(of(release).at()).isEqualTo(NOON);
        assertThat(log.head().size()).isEqualTo(size);
    }

    @Test
    void one_that_comes_back_is_kept_once_and_active_twice() throws SQLException {
        var one = another();
        var other = another();
        assertThat(one.version().counter()).isEqualTo(other.version().counter());

        activate(one, 0);
        activate(other, 1);
        activate(one, 2);

        assertThat(releases.activations(Long.MAX_VALUE, 3))
                .extracting(activation -> activation.version().sha256())
                .containsExactly(
                        one.version().sha256(),
                        other.version().sha256(),
                        one.version().sha256());
        assertThat(count("library_release WHERE sha256 = '" + one.version().sha256() + "'"))
                .isOne();
    }

    @Test
    void what_cannot_be_entered_is_not_kept() {
        var release = another();
        var before = releases.activations(Long.MAX_VALUE, 100);

        assertThatThrownBy(() -> releases.activate(
                        signed(release),
                        () -> new Since(
                                NOON,
                                List.of(AuditEntry.bySystem(AuditKind.LIBRARY_ACTIVATED, NOON)
                                        .with("x", "y")))))
                .isInstanceOf(RuntimeException.class);

        assertThat(releases.activations(Long.MAX_VALUE, 100)).isEqualTo(before);
        assertThat(releases.bytes(release.version().sha256())).isEmpty();
    }

    /** None of them fails, and one entry says it. */
    @Test
    void servers_that_start_at_once_keep_it_once() throws Exception {
        var release = another();
        var size = log.head().size();
        var looked = new CountDownLatch(2);

        try (var servers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var started :
                    servers.invokeAll(Collections.<Callable<Boolean>>nCopies(8, () -> start(release, looked)))) {
                assertThat(started.get()).isTrue();
            }
        }

        assertThat(releases.activations(Long.MAX_VALUE, 100).stream().map(Activation::version))
                .containsOnlyOnce(release.version());
        assertThat(log.head().size()).isEqualTo(size + 1);
    }

    /** Whoever has looked waits a moment for a second one who looks, whom there must not be. */
    private boolean start(Release release, CountDownLatch looked) {
        releases.activate(signed(release), () -> {
            var newest = newest();
            looked.countDown();
            await(looked);
            return newest.version().equals(release.version())
                    ? new Since(newest.at(), List.of())
                    : new Since(NOON, List.of(entry(release, 0)));
        });
        return true;
    }

    private static void await(CountDownLatch looked) {
        try {
            looked.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Activation of(Release release) {
        return releases.activations(Long.MAX_VALUE, 100).stream()
                .filter(kept -> kept.version().equals(release.version()))
                .findFirst()
                .orElseThrow();
    }

    private Activation newest() {
        return releases.activations(Long.MAX_VALUE, 1).getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE library_release SET title = 'other'",
                "DELETE FROM library_activation",
                "UPDATE library_activation SET at = now()",
                "TRUNCATE library_activation, library_release",
                "INSERT INTO library_release VALUES (repeat('0', 64), 1, 'forged', '{}')"
            })
    void nobody_changes_what_was_kept(String statement) throws SQLException {
        var before = releases.activations(Long.MAX_VALUE, 100);

        try (var connection = database.getConnection();
                var sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement)).isInstanceOf(SQLException.class);
        }

        assertThat(releases.activations(Long.MAX_VALUE, 100)).isEqualTo(before);
    }

    private long count(String rows) throws SQLException {
        try (var connection = database.getConnection();
                var sql = connection.createStatement();
                var found = sql.executeQuery("SELECT count(*) FROM " + rows)) {
            found.next();
            return found.getLong(1);
        }
    }

    private void activate(Release release, int seconds) {
        releases.activate(
                signed(release), () -> new Since(NOON.plusSeconds(seconds), List.of(entry(release, seconds))));
    }

    private static AuditEntry entry(Release release, int seconds) {
        return AuditEntry.bySystem(AuditKind.LIBRARY_ACTIVATED, NOON.plusSeconds(seconds))
                .under(release.version().counter(), new Digest(release.version().sha256()))
                .with("signers", SIGNERS)
                .with("before", 1L);
    }

    private static Signed signed(Release release) {
        return new Signed(release, List.of("one.jws", "two.jws"), SIGNERS);
    }

    /** As the shipped one, with the same counter and another title. */
    private Release another() {
        var text = new String(inForce.release().canonicalBytes(), UTF_8)
                .replace(inForce.release().library().title(), "Größe µ " + NEXT.incrementAndGet());
        return switch (LibraryText.readRelease(text.getBytes(UTF_8))) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults.toString());
        };
    }
}
