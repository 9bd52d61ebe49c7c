package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.signing.Digest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One pump with what it says of itself, its library, its last errors, and all of it in one file. EXPECTATIONS row 34. */
@QuarkusTest
@WithTestResource(StackResource.class)
class PumpPageIT extends AtScreens {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String BIOMED = "biomed";

    private @Nullable Api api;

    @BeforeAll
    void open() {
        api = new Api(Objects.requireNonNull(stack));
    }

    @AfterAll
    void close() {
        Objects.requireNonNull(api).close();
    }

    @Test
    void everybody_reads_firmware_maker_library_certificate_and_when_it_was_heard() throws Exception {
        await().atMost(SOON)
                .until(() -> file().path("says").path("library").path("counter").asInt() > 0);
        var page = screens().shown("nurse", Chromium.PHONE, "/fleet/" + serial());

        assertThat(page.locator("[data-said]")).containsText("Venule simulator");
        assertThat(fact(page, "Software revision")).containsText("1.0.0");
        assertThat(fact(page, "Hardware revision")).containsText("none");
        assertThat(fact(page, "Serial number")).containsText(serial());
        assertThat(page.locator("[data-library] .tag.good svg")).hasCount(1);
        assertThat(page.locator("[data-library]")).containsText("current");
        assertThat(fact(page, "Certificate")).containsText("valid");
        assertThat(page.locator("dt:text-is('Last heard') + dd time")).hasCount(1);
        assertThat(page.locator("[data-other-plate]")).hasCount(0);
        assertThat(page.locator("h2").allTextContents()).contains("Last errors");
    }

    @Test
    void another_serial_number_another_library_and_a_lost_connection_are_said_plainly() throws Exception {
        var fleet = Objects.requireNonNull(stack).fleet();
        var serial = pump().serial();
        fleet.say(serial, "SerialNumber", "<b>LV-09999");
        fleet.say(serial, "LibraryCounter", 99L);
        fleet.say(serial, "LibrarySha256", "0b".repeat(32));
        try {
            enrol("A9999");
            await().atMost(SOON)
                    .until(() ->
                            file().path("says").path("library").path("counter").asInt() == 99);
            await().atMost(SOON).until(this::isHeard);

            amissOnPageAndBoard();
            assertThat(changes()).containsExactly("serial number: " + serial + " > <b>LV-09999");
        } finally {
            // In this order: a session that is ended by a new enrolment is none that was lost.
            var before = lastError();
            fleet.switchOff(serial);
            await().atMost(SOON).until(() -> !lastError().equals(before));
            fleet.switchOn(serial);
            enrol(pump().assetId());
        }
        await().atMost(SOON)
                .until(() -> file().path("says").path("library").path("counter").asInt() < 99);
        await().atMost(SOON).until(this::isHeard);
        var page = screens().shown(BIOMED, Chromium.DESK, "/fleet/" + serial());
        assertThat(page.locator("[data-other-plate]")).hasCount(0);
        assertThat(page.locator("[data-troubles]")).containsText("Connection lost");
        Chromium.picture(page, "pump-mended-desk");
        assertThat(changes()).hasSize(2);
    }

    @Test
    void who_can_renew_it_is_told_before_the_list_of_revoked_certificates_ends() throws Exception {
        var stacked = Objects.requireNonNull(stack);
        var file = Path.of(stacked.settings().get("venule.opcua.revocation-list"));
        var before = Files.readString(file);
        var board = screens().shown(BIOMED, Chromium.DESK, "/fleet");
        assertThat(board.locator("[data-endings]")).hasCount(0);
        var end = Instant.now().plus(Duration.ofDays(3));
        try {
            Files.writeString(file, stacked.fleetAuthority().revocationListPem(end));
            await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                board.reload();
                assertThat(board.locator("[data-endings]").count()).isOne();
            });
            assertThat(board.locator("[data-endings] li")).hasCount(1);
            assertThat(board.locator("[data-endings]"))
                    .containsText("The list of revoked certificates expires within a week, in 2 days");
            assertThat(board.locator("[data-endings]"))
                    .containsText("; from then on no pump can be reached. Make the next list");
            assertThat(board.locator("[data-endings]")).containsText("ops/pki renew-list");
            Chromium.picture(board, "board-list-ends-desk");
            Chromium.picture(screens().shown(BIOMED, Chromium.PHONE, "/fleet"), "board-list-ends-phone");
            assertThat(screens().shown("nurse", Chromium.PHONE, "/fleet").locator("[data-endings]"))
                    .hasCount(0);
            assertThat(told("/q/health/ready")).contains("The list of revoked certificates ends at");
            assertThat(told("/q/metrics"))
                    .containsPattern("venule_ending_left_seconds\\{of=\"revocation list\"[^}]*} 2591?[0-9.E]+");
        } finally {
            Files.writeString(file, before);
        }
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            board.reload();
            assertThat(board.locator("[data-endings]").count()).isZero();
        });
    }

    private String told(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var address = Objects.requireNonNull(stack).applicationAddress().resolve(path);
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private void amissOnPageAndBoard() {
        for (var width : List.of(Chromium.PHONE, Chromium.DESK)) {
            var page = screens().shown(BIOMED, width, "/fleet/" + serial());
            assertThat(page.locator("[data-other-plate]")).containsText("<b>LV-09999");
            assertThat(fact(page, "Serial number")).containsText("not the enrolled one");
            assertThat(page.locator("[data-library] .tag.bad svg")).hasCount(1);
            assertThat(page.locator("[data-library]")).containsText("not the current one");
            assertThat(page.locator("[data-library]")).containsText("Holds release 99, current ");
            Chromium.picture(page, "pump-amiss-" + (width == Chromium.PHONE ? "phone" : "desk"));
        }
        var board = screens().shown("nurse", Chromium.DESK, "/fleet?state=ATTENTION&q=" + serial());
        var row = board.locator("#ch-" + serial() + "-1");
        assertThat(row).containsText("another serial number on its nameplate; drug library 99, not ");
        assertThat(row.locator(".bang")).hasCount(1);
        Chromium.picture(board, "fleet-amiss-desk");
        for (var width : List.of(Chromium.PHONE, Chromium.DESK)) {
            var library = screens().shown("pharmacist", width, "/library");
            library.locator("[data-push] summary").click();
            assertThat(library.locator("[data-push] summary")).containsText(" pumps, ");
            assertThat(library.locator("[data-push] li").filter(new Locator.FilterOptions().setHasText(serial())))
                    .containsText("holds release 99, which is newer, so that none is sent, since ");
            Chromium.picture(library, "library-push-" + (width == Chromium.PHONE ? "phone" : "desk"));
        }
    }

    @Test
    void all_of_it_leaves_in_one_file_without_people_and_that_is_recorded() throws Exception {
        var answer = api().get(BIOMED, path("/service-case")).expect(200);
        var file = answer.json();

        assertThat(answer.headers().get("content-disposition"))
                .isEqualTo("attachment; filename=\"venule-pump-" + serial() + ".json\"");
        assertThat(file.path("made").asText()).matches("20..-..-..T.*Z");
        assertThat(file.path("enrolment").path("recordKey").asText()).isEqualTo(pump().recordKey());
        assertThat(file.path("says").path("nameplate").path("manufacturer").asText())
                .isEqualTo("Venule simulator");
        assertThat(file.path("currentLibrary").path("sha256").asText())
                .isEqualTo(file.path("says").path("library").path("sha256").asText());
        assertThat(file.path("certificates").path(0).path("pem").asText()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(file.path("channels").size()).isEqualTo(pump().channels());
        assertThat(file.path("entries")
                        .valueStream()
                        .map(entry -> entry.path("kind").asText()))
                .contains("PUMP_ENROLLED");
        assertThat(answer.text()).doesNotContain("Demo", "patient", "nurse", "PRIVATE");
        assertThat(exported()).contains(Digest.of(answer.body().bytes()).hex());
        api().get(BIOMED, "/api/v1/pumps/LV-99999/service-case").expect(404);
    }

    @Test
    void the_file_is_fetched_from_the_page_by_keyboard_alone() throws Exception {
        var page = screens().shown("nurse", Chromium.DESK, "/fleet/" + serial());

        for (int steps = 0; steps < 60 && !focused(page).endsWith("/service-case"); steps++) {
            page.keyboard().press("Tab");
        }
        var download = page.waitForDownload(() -> page.keyboard().press("Enter"));

        assertThat(download.suggestedFilename()).isEqualTo("venule-pump-" + serial() + ".json");
        var content = Files.readAllBytes(download.path());
        assertThat(new ObjectMapper()
                        .readTree(content)
                        .path("enrolment")
                        .path("serial")
                        .asText())
                .isEqualTo(serial());
        assertThat(exported()).contains(Digest.of(content).hex());
    }

    private static String focused(Page page) {
        return String.valueOf(page.evaluate("() => document.activeElement.href || ''"));
    }

    private static com.microsoft.playwright.Locator fact(Page page, String name) {
        return page.locator("dt:text-is('" + name + "') + dd");
    }

    private EnrolledPump pump() {
        return Objects.requireNonNull(stack).pumps().get(WardAtWork.SYRINGE).enrolment();
    }

    private String serial() {
        return pump().serial().value();
    }

    private String path(String more) {
        return "/api/v1/pumps/" + serial() + more;
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }

    private JsonNode file() throws IOException, InterruptedException {
        return api().get("auditor", path("/service-case")).expect(200).json();
    }

    private String lastError() throws IOException, InterruptedException {
        return file().path("lastErrors").path(0).path("at").asText();
    }

    private boolean isHeard() throws IOException, InterruptedException {
        return api().get("auditor", path(""))
                .expect(200)
                .json()
                .path("channels")
                .valueStream()
                .noneMatch(channel -> channel.has("lostSince")
                        || channel.path("state").asText().equals("NEVER_HEARD"));
    }

    /** Hashes of what was exported of the pump. */
    private List<String> exported() throws IOException, InterruptedException {
        return entries("EXPORT").stream()
                .filter(details -> details.path("form").asText().equals("service case"))
                .map(details -> details.path("sha256").asText())
                .toList();
    }

    private List<String> changes() throws IOException, InterruptedException {
        return entries("PUMP_NAMEPLATE").stream()
                .map(said -> said.path("what").asText() + ": "
                        + said.path("from").asText() + " > " + said.path("to").asText())
                .toList();
    }

    private List<JsonNode> entries(String kind) throws IOException, InterruptedException {
        return api().get("auditor", "/api/v1/audit/entries?kind=" + kind + "&q=" + serial())
                .expect(200)
                .json()
                .path("entries")
                .valueStream()
                .map(entry -> entry.path("details"))
                .toList();
    }

    private void enrol(String assetId) throws IOException, InterruptedException {
        var facts = pump();
        var body = new LinkedHashMap<String, Object>();
        body.put("serial", facts.serial().value());
        body.put("assetId", assetId);
        body.put("model", facts.model().equals(PumpModel.SYRINGE) ? "syringe" : "large-volume");
        body.put("channels", facts.channels());
        body.put("endpoint", facts.endpoint());
        body.put("certificate", facts.certificate());
        body.put("recordKey", facts.recordKey());
        body.put("simulated", facts.simulated());
        body.put("ward", facts.ward());
        api().post(BIOMED, "/api/v1/pumps", body).expect(201);
    }
}
