package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditLog;
import io.venule.release.ActiveRelease;
import io.venule.signing.Digest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A release that somebody wrote into the database and that nobody signed: nothing works with it, and whoever must see to it is told. DESIGN, invariants 7 and 9. */
@QuarkusTest
@WithTestResource(StackResource.class)
class NotBelievedIT extends AtScreens {
    private static final String NOTICE = "[data-not-believed]";
    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(20);
    /** Longer than two looks of a server at what was published. */
    private static final Duration TWO_LOOKS = Duration.ofSeconds(5);

    @Inject
    ActiveRelease inForce;

    @Inject
    AuditLog log;

    @Inject
    DataSource source;

    /** Whoever may write into the database wrote it there. */
    private record Slipped(String sha256, long counter) {}

    private Slipped slippedIn() throws SQLException {
        var counter = inForce.version().counter();
        var bytes = new String(inForce.release().canonicalBytes(), UTF_8)
                .replace("\"library\":{\"counter\":" + counter + ",", "\"library\":{\"counter\":" + (counter + 1) + ",")
                .getBytes(UTF_8);
        var slipped = new Slipped(Digest.of(bytes).hex(), counter + 1);
        try (var connection = source.getConnection();
                var release = connection.prepareStatement(
                        "INSERT INTO library_release (sha256, counter, title, canonical) VALUES (?, ?, 'Mine', ?)");
                var activation = connection.prepareStatement(
                        "INSERT INTO library_activation (number, sha256, signatures, signers, at)"
                                + " SELECT max(number) + 1, ?, '{}', '{anna,ben}', now() FROM library_activation")) {
            release.setString(1, slipped.sha256());
            release.setLong(2, slipped.counter());
            release.setBytes(3, bytes);
            release.executeUpdate();
            activation.setString(1, slipped.sha256());
            activation.executeUpdate();
        }
        return slipped;
    }

    /** As docs/drug-library.md says, by whom the tables belong to. */
    private void takenOut(Slipped slipped) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            for (var table : List.of("library_activation", "library_release")) {
                statement.execute("ALTER TABLE " + table + " DISABLE TRIGGER keep_the_past");
                statement.execute("DELETE FROM " + table + " WHERE sha256 = '" + slipped.sha256() + "'");
                statement.execute("ALTER TABLE " + table + " ENABLE TRIGGER keep_the_past");
            }
        }
    }

    @Test
    void what_nobody_signed_changes_nothing_and_is_told_to_whoever_must_see_to_it() throws Exception {
        var before = inForce.version();
        var library = screens().shown("pharmacist", Chromium.DESK, "/library");
        assertThat(library.locator(NOTICE)).hasCount(0);
        var slipped = slippedIn();
        try (var api = new Api(screens().stack())) {
            await().atMost(SOON).until(() -> inForce.notBelieved().isPresent());

            assertThat(inForce.version()).isEqualTo(before);
            assertThat(api.get("nurse", "/api/v1/library").expect(200).text("sha256"))
                    .isEqualTo(before.sha256());
            library.reload();
            told(library, slipped, "library-not-believed-" + Chromium.DESK);
            told(screens().shown("biomed", Chromium.PHONE, "/fleet"), slipped, "board-not-believed-" + Chromium.PHONE);
            assertThat(screens().shown("nurse", Chromium.PHONE, "/fleet").locator(NOTICE))
                    .hasCount(0);
            assertThat(api.get("auditor", "/q/health/ready").expect(200).text())
                    .contains(slipped.counter() + " " + slipped.sha256(), "two different people must sign; 0 did");
            assertThat(believed(api)).endsWith(" 0.0");
            onceInTheLog(slipped);
        } finally {
            takenOut(slipped);
        }
        await().atMost(SOON).until(() -> inForce.notBelieved().isEmpty());
        library.reload();
        assertThat(library.locator(NOTICE)).hasCount(0);
    }

    private static void told(Page page, Slipped slipped, String name) {
        assertThat(page.locator(NOTICE)).containsText("Release " + slipped.counter() + " was published");
        assertThat(page.locator(NOTICE)).containsText("two different people must sign; 0 did");
        Chromium.picture(page, name);
        assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                .isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    private static String believed(Api api) throws Exception {
        return api.get("auditor", "/q/metrics")
                .expect(200)
                .text()
                .lines()
                .filter(line -> line.startsWith("venule_library_believed"))
                .findFirst()
                .orElseThrow();
    }

    private void onceInTheLog(Slipped slipped) {
        await().atMost(SOON).until(() -> !entries(slipped).isEmpty());
        await().during(TWO_LOOKS)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(entries(slipped)).hasSize(1));
        var entry = entries(slipped).getFirst();
        assertThat(entry.library().counter()).isEqualTo(slipped.counter() - 1);
        assertThat(entry.details().members().get("reasons"))
                .asString()
                .contains("two different people must sign; 0 did");
    }

    private List<AuditEntry> entries(Slipped slipped) {
        var about = new AuditLog.About("", "", "", "", "", "LIBRARY_NOT_BELIEVED");
        return log.find(new AuditLog.Search(about, Instant.EPOCH, EVER, Long.MAX_VALUE, 100)).stream()
                .map(AuditLog.Logged::entry)
                .filter(entry -> entry.said("sha256").equals(slipped.sha256()))
                .toList();
    }
}
