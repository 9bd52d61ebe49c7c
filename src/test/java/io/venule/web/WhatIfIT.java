package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.release.ActiveRelease;
import io.venule.release.LibraryText;
import io.venule.signing.Digest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a draft would have done with orders that were really placed, overridden and stopped. EXPECTATIONS row 23. */
@QuarkusTest
@WithTestResource(StackResource.class)
class WhatIfIT extends AtScreens {
    private static final String NURSE = "nurse";
    private static final String PHARMACIST = "pharmacist";
    private static final String PATH = "/api/v1/library/what-if";
    private static final String ENTRY = "diltiazem/ed/125mg-125ml";
    private static final String LIMITS = "\"hardHigh\":\"20\",\"softHigh\":\"15\",\"softLow\":\"5\",\"unit\":\"mg/h\"";
    /** 18 mg/h, above the soft limit of 15. */
    private static final String OVER_SOFT = "RX-1010";
    /** 25 mg/h, above the hard limit of 20. */
    private static final String OVER_HARD = "RX-1009";
    /** More than are read at a time. */
    private static final int MANY = 1_100;

    @Inject
    ActiveRelease inForce;

    @Inject
    DataSource source;

    private @Nullable Api api;
    private String overridden = "";

    @BeforeAll
    void order() throws Exception {
        api = new Api(screens().stack());
        var tag = screens().ward().tag(1, 1);
        var form = screens().ward().ready(OVER_SOFT, screens().ward().bag(OVER_SOFT, "WHATIF1"), tag);
        var stopped = new HashMap<String, Object>(Map.of(
                "wristband", screens().ward().band(OVER_HARD),
                "bag", screens().ward().bag(OVER_HARD, "WHATIF2"),
                "pumpTag", tag));
        for (int i = 0; i < 2; i++) {
            stopped.put(
                    "displayed",
                    api().post(NURSE, "/api/v1/orders/check", stopped)
                            .expect(200)
                            .text("displayed"));
            stopped.put("submission", submission());
            assertThat(api().post(NURSE, "/api/v1/orders", stopped).problem()).isEqualTo("hard-limit");
        }
        form.put("override", "CONFIRMED_WITH_PRESCRIBER");
        form.put("submission", submission());
        overridden = api().post(NURSE, "/api/v1/orders", form).expect(201).text("id");
    }

    @AfterAll
    void close() throws IOException, InterruptedException {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        api().post(NURSE, "/api/v1/orders/" + overridden + "/cancel", Map.of("reason", "NOT_NEEDED"))
                                        .status()
                                != 503);
        api().close();
    }

    @Test
    void the_active_release_as_draft_changes_nothing_and_what_was_overridden_needed_a_reason() throws Exception {
        var told = told(inForce.release().canonicalBytes());

        assertThat(told.path("changed").asLong()).isZero();
        assertThat(told.path("cases")).isEmpty();
        assertThat(told.path("entries")).isEmpty();
        assertThat(told.path("changes").path("flagged").asLong()).isZero();
        assertThat(told.path("before")).isEqualTo(told.path("after"));
        assertThat(told.path("overridden").asLong()).isPositive();
        assertThat(count(told, "SOFT", "SOFT")).isPositive();
        assertThat(count(told, "HARD", "HARD")).isPositive();
    }

    @Test
    void a_narrowed_limit_stops_what_was_overridden() throws Exception {
        var told = told(draft("17", "15"));

        assertThat(count(told, "SOFT", "HARD")).isPositive();
        assertThat(told.path("changes").path("parts").toString()).contains("narrowed");
        var entry = told.path("entries").path(0);
        assertThat(entry.path("entry").asText()).isEqualTo(ENTRY);
        assertThat(entry.path("stopped").asLong())
                .isEqualTo(entry.path("noLongerAsked").asLong())
                .isPositive();
        var one = caseOf(told, overridden);
        assertThat(one.path("how").asText()).isEqualTo("OVERRIDDEN");
        assertThat(one.path("drug").asText()).isEqualTo("dilTIAZem");
        assertThat(one.path("ordered").asText()).isEqualTo("18 mg/h");
        assertThat(one.path("before").path("level").asText()).isEqualTo("SOFT");
        assertThat(one.path("after").toString()).contains("HARD", "18 mg/h is above the hard limit of 17 mg/h.");
        assertThat(told.toString()).doesNotContain("gsrn", OVER_SOFT);
    }

    @Test
    void a_widened_limit_lets_through_what_was_stopped_once_however_often_it_was_tried() throws Exception {
        var told = told(draft("30", "15"));

        var tried = StreamSupport.stream(told.path("cases").spliterator(), false)
                .filter(one -> one.path("how").asText().equals("STOPPED"))
                .filter(one -> one.path("ordered").asText().equals("25 mg/h"))
                .toList();
        assertThat(tried).hasSizeBetween(1, screens().stack().pumps().size());
        assertThat(count(told, "HARD", "SOFT")).isEqualTo(tried.size());
        assertThat(tried.getFirst().path("order").asText()).isEmpty();
        assertThat(tried.getFirst().path("after").path("level").asText()).isEqualTo("SOFT");
        assertThat(told.path("stopped").asLong()).isPositive();
        assertThat(told.path("changes").path("flagged").asLong()).isOne();
    }

    @Test
    void a_pharmacy_without_the_entry_could_not_have_ordered() throws Exception {
        var text = new String(inForce.release().canonicalBytes(), UTF_8).replace(ENTRY, "diltiazem/ed/other");

        var told = told(text.getBytes(UTF_8));

        assertThat(caseOf(told, overridden).path("after").toString())
                .contains("NO_ENTRY", "The release holds no such entry.");
    }

    /** Orders of one instant, in several batches; one too old; then their patient is erased. */
    @Test
    void every_order_of_the_window_is_judged_once_and_none_of_an_erased_patient() throws Exception {
        var before = told(inForce.release().canonicalBytes());
        var gsrn = "952123400001888805";
        admitted(gsrn);
        insert(MANY, 80);
        insert(1, 91);

        var more = told(inForce.release().canonicalBytes());

        assertThat(more.path("judged").asLong() - before.path("judged").asLong())
                .isEqualTo(MANY);
        assertThat(more.path("moreOrders").asBoolean()).isFalse();
        api().post("admin", "/api/v1/patients/erase", Map.of("gsrn", gsrn, "reason", "ASKED_BY_PATIENT"))
                .expect(200);
        var erased = told(inForce.release().canonicalBytes());
        assertThat(erased.path("judged")).isEqualTo(before.path("judged"));
        assertThat(erased.path("notJudged").asLong() - before.path("notJudged").asLong())
                .isEqualTo(MANY);
    }

    private void admitted(String gsrn) throws IOException, InterruptedException {
        api().post("admin", "/api/v1/patients", new RawValue("""
                        {"gsrn":"%s","bandInstance":"1","name":"Ada Test","born":"1950-02-03","weightKg":"70","careArea":"ed"}
                        """.formatted(gsrn)))
                .expect(201);
        var mixture =
                Map.of("amount", Map.of("value", "125", "unit", "mg"), "volume", Map.of("value", "125", "unit", "mL"));
        api().post(
                        PHARMACIST,
                        "/api/v1/prescriptions",
                        Map.of(
                                "id",
                                "RX-WHATIF",
                                "gsrn",
                                gsrn,
                                "libraryEntry",
                                ENTRY,
                                "concentration",
                                mixture,
                                "regimen",
                                Map.of("continuous", Map.of("value", "10", "unit", "mg/h")),
                                "vtbi",
                                Map.of("value", "100", "unit", "mL"),
                                "route",
                                "INTRAVENOUS"))
                .expect(201);
    }

    private void insert(int orders, int daysAgo) throws SQLException {
        var sql =
                "INSERT INTO infusion_order (id, submission, state, prescription, pump, channel, patient, patient_hash, drug, dose,"
                        + " rate_ul_per_h, vtbi_ul, nurse, nurse_name, approved_at, expires_at, signed, pairing, bag, bag_has_serial)"
                        + " SELECT md5('what-if' || n || ' ' || " + daysAgo + "), 'what-if' || n || ' ' || " + daysAgo
                        + ", 'COMPLETE', p.id, '"
                        + screens().stack().pumps().get(1).enrolment().serial() + "', 1, p.patient, '"
                        + Digest.NONE + "', 'd', 'd', 1, 1, 'n', 'n', now() - interval '" + daysAgo
                        + " days', now(), 'a.b.c', 'what-if' || n || ' ' || " + daysAgo + ", 'what-if', false"
                        + " FROM prescription p, generate_series(1, " + orders + ") n WHERE p.id = 'RX-WHATIF'";
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(orders);
        }
    }

    @Test
    void a_draft_with_faults_is_told_every_one_and_never_a_trace() throws Exception {
        var faulty = draft("14", "15");
        var answer = post(PHARMACIST, new String(faulty, UTF_8));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("faulty-library");
        var fault = answer.json().path("libraryFaults").path(0);
        assertThat(fault.path("entry").asText()).isEqualTo(ENTRY);
        assertThat(fault.path("problem").asText()).isNotEmpty();
        assertThat(fault.path("remedy").asText()).isNotEmpty();
        for (var nonsense : new String[] {"{}", "null", "[", "\"release\"", "{\"library\": 1}"}) {
            var refused = post(PHARMACIST, nonsense);
            assertThat(refused.problem()).as(nonsense).isEqualTo("faulty-library");
            assertThat(refused.text()).doesNotContain("Exception", "java.");
        }

        var page = tried(Chromium.PHONE, faulty);
        assertThat(page.locator("[data-faults]")).containsText("The draft cannot be read. Nothing was tried.");
        assertThat(page.locator("[data-faults] li").first()).containsText(ENTRY);
        fits(page, "what-if-faulty", Chromium.PHONE);
        page.locator("main form button").click();
        assertThat(page.locator("[data-faults]")).containsText("No file was chosen");
    }

    /** As long as nobody can read the orders, the first of two cannot be done. */
    @Test
    void of_two_drafts_at_once_one_is_tried_and_the_other_told_to_wait() throws Exception {
        var exactly = new String(inForce.release().canonicalBytes(), UTF_8);
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ExecutorCompletionService<Api.Answer>(both);
            try (var connection = source.getConnection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE infusion_order IN ACCESS EXCLUSIVE MODE");
                for (int i = 0; i < 2; i++) {
                    var _ = answers.submit(() -> post(PHARMACIST, exactly));
                }
                assertThat(answers.take().get().problem()).isEqualTo("too-many");
                connection.rollback();
            }
            assertThat(answers.take().get().status()).isEqualTo(200);
        }
        assertThat(told(inForce.release().canonicalBytes()).path("changed").asLong())
                .isZero();
    }

    @Test
    void a_draft_beyond_any_library_is_too_large() throws Exception {
        var most = LibraryText.LARGEST_DRAFT;

        assertThat(post(PHARMACIST, " ".repeat(most)).problem()).isEqualTo("faulty-library");
        assertThat(post(PHARMACIST, " ".repeat(most + 1)).problem()).isEqualTo("too-large");
        assertThat(tried(Chromium.DESK, new byte[most + 1]).locator("h1")).hasText("Too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {NURSE, "biomed", "auditor", "admin"})
    void nobody_but_a_pharmacist_tries_a_draft(String user) throws Exception {
        var refused = post(user, "{}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("not-allowed");
        assertThat(screens().shown(user, Chromium.PHONE, "/library/what-if").locator("h1"))
                .hasText("Not for your role");
        assertThat(screens().shown(user, Chromium.PHONE, "/library/releases").locator("a[href='/library/what-if']"))
                .hasCount(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {Chromium.DESK, Chromium.PHONE, Chromium.NARROW})
    void the_page_tells_what_would_change_case_by_case(int width) throws Exception {
        var page = tried(width, draft("17", "15"));

        assertThat(page.locator("[data-told]")).containsText("would come to something else.");
        assertThat(page.locator("[data-outcomes] tbody tr")).hasCount(4);
        assertThat(page.locator("[data-moved] tbody tr").first()).containsText("Stopped");
        assertThat(page.locator("[data-entries]")).containsText(ENTRY);
        var link = page.locator("a[href='/bedside/orders/" + overridden + "']");
        var row = page.locator("[data-cases] tbody tr").filter(new Locator.FilterOptions().setHas(link));
        assertThat(row).containsText("dilTIAZem 18 mg/h");
        assertThat(row.locator("[data-head='Active release']")).containsText("Reason needed");
        assertThat(row.locator("[data-head='Active release']"))
                .containsText("Dose rate 18 mg/h is above the soft limit of 15 mg/h.");
        assertThat(row.locator("[data-head=Draft]")).containsText("Stopped");
        assertThat(row.locator("[data-head=Draft] .tag svg")).hasCount(1);
        assertThat(page.locator("main")).containsText("with the weights that are on record today");
        assertThat(page.locator("main")).containsText("changes of a rate and boluses are not");
        assertThat(page.locator("[aria-label='Other differences']")).containsText("Narrowed");
        fits(page, "what-if", width);
        link.click();
        assertThat(page.locator("main h1")).isVisible();
        assertThat(page.locator("main")).containsText("dilTIAZem");
    }

    @Test
    void the_page_says_that_nothing_would_change() {
        var page = tried(Chromium.DESK, inForce.release().canonicalBytes());

        assertThat(page.locator("[data-told]")).containsText("No order would come to something else.");
        assertThat(page.locator("[data-cases]")).hasCount(0);
        assertThat(page.locator(".empty")).containsText("The two releases permit and mean the same.");
        fits(page, "what-if-same", Chromium.DESK);
    }

    private Page tried(int width, byte[] draft) {
        var page = screens().shown(PHARMACIST, width, "/library/releases");
        page.locator("a[href='/library/what-if']").click();
        page.locator("#draft").setInputFiles(new FilePayload("draft.json", "application/json", draft));
        page.locator("main form button").click();
        page.waitForLoadState();
        return page;
    }

    /** WCAG by axe, and nothing to be pushed sideways to. */
    private static void fits(Page page, String name, int width) {
        Chromium.picture(page, name + "-" + width);
        assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                .isEmpty();
        if (width != Chromium.DESK) {
            assertThat(
                            page.evaluate(
                                    "() => document.documentElement.scrollWidth <= innerWidth"
                                            + " && [...document.querySelectorAll('.scroll')].every(box => box.scrollWidth <= box.clientWidth + 1)"))
                    .isEqualTo(true);
        }
    }

    /** The active release with other upper limits of one entry. */
    private byte[] draft(String hard, String soft) {
        var text = new String(inForce.release().canonicalBytes(), UTF_8);
        assertThat(text.split(Pattern.quote(LIMITS), -1)).hasSize(2);
        return text.replace(LIMITS, LIMITS.replace("20", hard).replace("15", soft))
                .getBytes(UTF_8);
    }

    private JsonNode told(byte[] draft) throws IOException, InterruptedException {
        return post(PHARMACIST, new String(draft, UTF_8)).expect(200).json();
    }

    private Api.Answer post(String user, String exactly) throws IOException, InterruptedException {
        return api().post(user, PATH, new RawValue(exactly));
    }

    private static long count(JsonNode told, String before, String after) {
        return StreamSupport.stream(told.path("counts").spliterator(), false)
                .filter(one -> one.path("before").asText().equals(before)
                        && one.path("after").asText().equals(after))
                .mapToLong(one -> one.path("orders").asLong())
                .sum();
    }

    private static JsonNode caseOf(JsonNode told, String order) {
        return StreamSupport.stream(told.path("cases").spliterator(), false)
                .filter(one -> one.path("order").asText().equals(order))
                .findFirst()
                .orElseThrow();
    }

    private static String submission() {
        return UUID.randomUUID().toString();
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }
}
