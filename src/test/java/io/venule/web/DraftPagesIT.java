package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditLog;
import io.venule.release.ActiveRelease;
import io.venule.release.LibraryDrafts;
import io.venule.signing.Digest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A draft is sent by one pharmacist, looked at and approved by another, and closed with a reason. EXPECTATIONS row 21. */
@QuarkusTest
@WithTestResource(StackResource.class)
class DraftPagesIT extends AtScreens {
    private static final String AUTHOR = "pharmacist";
    private static final String OTHER = "pharmacist2";
    private static final String API = "/api/v1/library/drafts";
    private static final String PATH = "/library/drafts";
    /** A table's limits that every test widens a little differently, so that each has a draft of its own. */
    private static final String LIMITS =
            "\"Double Concentrated\",\"continuous\",\"ug/kg/min\",\"\",\"0.9\",\"20\",\"30\"";

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");
    private static final AtomicInteger NEXT = new AtomicInteger(40);

    @Inject
    ActiveRelease inForce;

    @Inject
    AuditLog log;

    private @Nullable Api api;

    @BeforeAll
    void open() {
        api = new Api(Objects.requireNonNull(stack));
    }

    @AfterAll
    void close() {
        api().close();
    }

    /** Other tests find as much room as this one. */
    @AfterEach
    void closeAll() throws IOException, InterruptedException {
        for (var draft : api().get(AUTHOR, API).expect(200).json()) {
            if (!draft.path("state").asText().equals("CLOSED")) {
                closed(AUTHOR, draft.path("sha256").asText(), "NOT_NEEDED").expect(200);
            }
        }
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }

    /** The active release's table with a wider limit. */
    private byte[] table() throws IOException, InterruptedException {
        var text = api().get(
                        AUTHOR, "/api/v1/library/releases/" + inForce.version().sha256() + "/table")
                .expect(200)
                .text();
        assertThat(text).contains(LIMITS);
        return text.replace(LIMITS, LIMITS.replace("\"30\"", "\"" + NEXT.incrementAndGet() + "\""))
                .getBytes(UTF_8);
    }

    private Api.Answer send(String user, byte[] table) throws IOException, InterruptedException {
        return api().postFile(user, API, "text/csv", table);
    }

    private String sent() throws IOException, InterruptedException {
        return send(AUTHOR, table()).expect(201).text("sha256");
    }

    private Api.Answer approved(String user, String sha256) throws IOException, InterruptedException {
        return api().post(user, API + "/" + sha256 + "/approve", Map.of());
    }

    private Api.Answer closed(String user, String sha256, String reason) throws IOException, InterruptedException {
        return api().post(user, API + "/" + sha256 + "/close", Map.of("reason", reason));
    }

    private String state(String sha256) throws IOException, InterruptedException {
        return api().get("auditor", API + "/" + sha256).expect(200).text("state");
    }

    /** Of the entries about this draft, in the order of the log. */
    private List<AuditEntry> entries(String sha256) {
        return Stream.of("LIBRARY_DRAFTED", "LIBRARY_DRAFT_APPROVED", "LIBRARY_DRAFT_CLOSED")
                .map(kind -> new AuditLog.About("", "", "", "", "", kind))
                .map(about -> new AuditLog.Search(about, Instant.EPOCH, EVER, Long.MAX_VALUE, 1_000))
                .flatMap(search -> log.find(search).stream())
                .filter(logged -> logged.entry().said("sha256").equals(sha256))
                .sorted(Comparator.comparingLong(AuditLog.Logged::index))
                .map(AuditLog.Logged::entry)
                .toList();
    }

    private static void fits(Page page, String name, int width) {
        Chromium.picture(page, name + "-" + width);
        assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                .isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    private Page uploaded(int width, String name, byte[] content) {
        var page = screens().shown(AUTHOR, width, "/library/releases");
        page.locator("a[href='" + PATH + "']").click();
        page.locator("#draft").setInputFiles(new FilePayload(name, "text/csv", content));
        page.locator("main form button").click();
        page.waitForLoadState();
        return page;
    }

    @ParameterizedTest
    @ValueSource(ints = {Chromium.DESK, Chromium.PHONE, Chromium.NARROW})
    void one_pharmacist_sends_it_and_another_approves_it_on_the_page(int width) throws Exception {
        var own = uploaded(width, "limits.csv", table());
        var sha256 = own.url().substring(own.url().lastIndexOf('/') + 1);
        assertThat(own.locator("[data-state]")).hasText("In review");
        assertThat(own.locator("[data-next]")).containsText("Somebody else must look at it.");
        assertThat(own.locator("form[action$='/approve']")).hasCount(0);
        assertThat(own.locator("[aria-label='Flagged differences']"))
                .containsText("dopamine/adult-icu/double-concentrated");
        fits(own, "draft-own", width);

        var page = screens().shown(OTHER, width, PATH);
        fits(page, "drafts", width);
        page.locator("a[href='" + PATH + "/" + sha256 + "']").click();
        assertThat(page.locator("[data-next]")).containsText("It waits for you or another pharmacist.");
        fits(page, "draft-in-review", width);
        page.locator("form[action$='/approve'] button").press("Enter");

        assertThat(page.locator("[data-state]")).hasText("Approved");
        assertThat(page.locator("[data-steps]")).containsText("Piet Demo approved it");
        assertThat(page.locator("[data-next] pre")).containsText("--release " + sha256);
        fits(page, "draft-approved", width);
        assertThat(entries(sha256))
                .extracting(entry -> entry.kind().name())
                .containsExactly("LIBRARY_DRAFTED", "LIBRARY_DRAFT_APPROVED");
        assertThat(entries(sha256)).extracting(AuditEntry::person).containsExactly("Paula Demo", "Piet Demo");
        assertThat(entries(sha256))
                .allSatisfy(entry -> assertThat(entry.library().sha256().hex())
                        .isEqualTo(inForce.version().sha256()));
    }

    @Test
    void a_draft_is_closed_with_a_reason_and_can_be_sent_again() throws Exception {
        var width = Chromium.PHONE;
        var table = table();
        var sha256 = send(AUTHOR, table).expect(201).text("sha256");
        var page = screens().shown(OTHER, width, PATH + "/" + sha256);
        page.locator("details.end summary").press("Enter");
        fits(page, "draft-closing", width);

        page.locator("button[value=SOURCE]").press("Enter");

        assertThat(page.locator("[data-state]")).hasText("Closed");
        assertThat(page.locator("[data-steps]")).containsText("closed it: a source is missing or says something else");
        assertThat(page.locator("main form")).hasCount(0);
        fits(page, "draft-closed", width);
        assertThat(approved(OTHER, sha256).problem()).isEqualTo("draft-ended");
        assertThat(send(AUTHOR, table).expect(201).text("state")).isEqualTo("IN_REVIEW");
        assertThat(entries(sha256).get(1).said("reason")).isEqualTo("SOURCE");
    }

    @Test
    void whoever_sent_it_does_not_approve_it_and_a_word_said_twice_is_said_once() throws Exception {
        var table = table();
        var sha256 = send(AUTHOR, table).expect(201).text("sha256");

        assertThat(send(OTHER, table).expect(200).text("sha256")).isEqualTo(sha256);
        assertThat(approved(AUTHOR, sha256).status()).isEqualTo(403);
        assertThat(approved(AUTHOR, sha256).problem()).isEqualTo("own-draft");
        assertThat(state(sha256)).isEqualTo("IN_REVIEW");
        assertThat(approved(OTHER, sha256).expect(200).text("state")).isEqualTo("APPROVED");
        assertThat(approved(OTHER, sha256).expect(200).text("state")).isEqualTo("APPROVED");
        assertThat(approved(AUTHOR, sha256).problem()).isEqualTo("draft-ended");
        assertThat(entries(sha256)).hasSize(2);
        assertThat(closed(AUTHOR, sha256, "it is wrong").problem()).isEqualTo("invalid-request");
        assertThat(closed(AUTHOR, sha256, "").problem()).isEqualTo("invalid-request");
        assertThat(closed(AUTHOR, sha256, "LIMIT").expect(200).text("state")).isEqualTo("CLOSED");
        assertThat(closed(AUTHOR, sha256, "LIMIT").expect(200).text("state")).isEqualTo("CLOSED");
        assertThat(closed(OTHER, sha256, "LIMIT").problem()).isEqualTo("draft-ended");
        assertThat(entries(sha256)).hasSize(3);
    }

    /** What is approved is what is signed: byte for byte, and under a hash that no other text has. */
    @Test
    void another_text_is_another_draft_that_nobody_approved() throws Exception {
        var sha256 = sent();
        approved(OTHER, sha256).expect(200);

        var changed = sent();

        assertThat(changed).isNotEqualTo(sha256);
        assertThat(state(changed)).isEqualTo("IN_REVIEW");
        assertThat(state(sha256)).isEqualTo("APPROVED");
        var page = screens().shown(OTHER, Chromium.DESK, PATH + "/" + sha256);
        var file = page.waitForDownload(
                () -> page.locator("[data-next] a[download]").click());
        assertThat(Digest.of(Files.readAllBytes(file.path())).hex()).isEqualTo(sha256);
        assertThat(page.locator("[data-next] pre")).containsText(file.suggestedFilename());
        assertThat(api().get("auditor", API + "/" + sha256 + "/changes")
                        .expect(200)
                        .json()
                        .path("flagged")
                        .asInt())
                .isOne();
    }

    @Test
    void a_draft_that_cannot_be_published_is_told_why_and_not_kept() throws Exception {
        var before = api().get(AUTHOR, API).expect(200).json().size();

        var low = api().postFile(
                        AUTHOR, API, "application/json", inForce.release().canonicalBytes());
        assertThat(low.problem()).isEqualTo("faulty-library");
        assertThat(low.json().path("libraryFaults").path(0).path("member").asText())
                .isEqualTo("counter");
        var page = uploaded(
                Chromium.PHONE,
                "limits.csv",
                new String(table(), UTF_8).replace("0.9", "0,9").getBytes(UTF_8));
        assertThat(page.locator("[data-faults]")).containsText("The draft cannot be taken. Nothing was kept.");
        assertThat(page.locator("[data-faults] li").first()).containsText("decimal comma");
        fits(page, "draft-faulty", Chromium.PHONE);
        page.locator("main form button").click();
        assertThat(page.locator("[data-faults]")).containsText("No file was chosen");

        assertThat(api().get(AUTHOR, API).expect(200).json().size()).isEqualTo(before);
        assertThat(api().get(AUTHOR, API + "/" + "0".repeat(64)).problem()).isEqualTo("not-found");
        assertThat(api().get(AUTHOR, API + "/release-7").problem()).isEqualTo("not-found");
    }

    @Test
    void beyond_so_many_open_drafts_none_is_kept_until_one_is_closed() throws Exception {
        var first = sent();
        for (int i = 1; i < LibraryDrafts.MOST_OPEN; i++) {
            sent();
        }

        var refused = send(AUTHOR, table());

        assertThat(refused.problem()).isEqualTo("too-many");
        assertThat(refused.text("remedy")).contains("Close those that nobody needs");
        closed(OTHER, first, "NOT_NEEDED").expect(200);
        sent();
    }

    @Test
    void an_auditor_sees_who_said_what_and_nobody_else_but_pharmacists_does() throws Exception {
        var sha256 = sent();

        var page = screens().shown("auditor", Chromium.DESK, "/library/releases");
        page.locator("a[href='" + PATH + "']").click();
        assertThat(page.locator("#draft")).hasCount(0);
        page.locator("a[href='" + PATH + "/" + sha256 + "']").click();
        assertThat(page.locator("[data-next]")).containsText("It waits for a pharmacist.");
        assertThat(page.locator("main form")).hasCount(0);
        assertThat(page.locator("a[href$='/what-if']")).hasCount(0);
        for (var user : List.of("nurse", "biomed", "admin")) {
            assertThat(api().get(user, API).status()).isEqualTo(403);
            assertThat(approved(user, sha256).status()).isEqualTo(403);
        }
        assertThat(screens().shown("nurse", Chromium.PHONE, "/library/releases").locator("a[href='" + PATH + "']"))
                .hasCount(0);
        assertThat(state(sha256)).isEqualTo("IN_REVIEW");
    }

    @Test
    void what_it_would_have_done_is_one_tap_away() throws Exception {
        var sha256 = sent();
        var page = screens().shown(OTHER, Chromium.DESK, PATH + "/" + sha256);

        page.locator("a[href$='/what-if']").click();

        assertThat(page.locator("h1")).hasText("What a draft would have done");
        assertThat(page.locator("main")).containsText(sha256);
    }
}
