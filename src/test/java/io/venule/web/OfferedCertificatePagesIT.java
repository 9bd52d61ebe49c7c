package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.order.OfferedCertificate;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.simulator.Identity;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pump came back under another certificate: board and page say so, and a biomedical engineer who compared it accepts it there. EXPECTATIONS row 35. */
@QuarkusTest
@WithTestResource(StackResource.class)
class OfferedCertificatePagesIT extends AtScreens {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String BIOMED = "biomed";

    private @Nullable Api api;

    @BeforeAll
    void open() {
        api = new Api(stack());
    }

    @AfterAll
    void close() {
        Objects.requireNonNull(api).close();
    }

    /** The next test finds the pump as it was enrolled at first. */
    @AfterEach
    void mend() throws IOException, InterruptedException {
        enrol(pump().certificate());
        await().atMost(SOON).until(this::isReached);
    }

    @Test
    void it_waits_on_board_and_page_until_a_biomedical_engineer_accepts_what_was_compared() throws Exception {
        var next = stack().fleetAuthority().issueApplication(serial(), "urn:venule:simulator:" + serial());
        stack().fleet().present(pump().serial(), next);
        var sha256 = OfferedCertificate.fingerprint(next.certificate()).hex();
        await().atMost(SOON).until(() -> offered().contains(sha256));

        assertThat(accept("nurse", Map.of("sha256", sha256)).status()).isEqualTo(403);
        assertThat(accept(BIOMED, Map.of()).problem()).isEqualTo("invalid-request");
        assertThat(accept(BIOMED, Map.of("sha256", "it is fine")).problem()).isEqualTo("invalid-request");
        assertThat(accept(BIOMED, Map.of("sha256", "0b".repeat(32))).problem()).isEqualTo("not-offered");
        assertThat(offered()).containsExactly(sha256);
        everybodySeesWhyAndOnlyTheEngineerCanAccept();
        theEngineerAcceptsOnThePage(next);

        await().atMost(SOON).until(this::isReached);
        assertThat(offered()).isEmpty();
        assertThat(accept(BIOMED, Map.of("sha256", sha256)).problem()).isEqualTo("not-offered");
        assertThat(entries("PUMP_CERTIFICATE_OFFERED")).contains(sha256);
        assertThat(entries("PUMP_CERTIFICATE_ACCEPTED")).containsExactly(sha256);
    }

    private void everybodySeesWhyAndOnlyTheEngineerCanAccept() {
        var nurse = screens().shown("nurse", Chromium.PHONE, "/fleet/" + serial());
        assertThat(nurse.locator("[data-offered]")).containsText("another certificate than enrolled");
        assertThat(nurse.locator("[data-offered] form")).hasCount(0);
        assertThat(nurse.locator("[data-away]")).containsText("another certificate than it is enrolled with");
        Chromium.picture(nurse, "pump-offers-certificate-phone");
        assertThat(screens().shown("nurse", Chromium.DESK, "/fleet").locator("[data-offering]"))
                .hasCount(0);
        var board = screens().shown(BIOMED, Chromium.DESK, "/fleet");
        assertThat(board.locator("[data-offering] a")).hasText(serial());
        Chromium.picture(board, "fleet-offers-certificate-desk");
    }

    private void theEngineerAcceptsOnThePage(Identity next) {
        var page = screens().shown(BIOMED, Chromium.DESK, "/fleet");
        page.locator("[data-offering] a").click();
        page.locator("[data-offered] summary").click();
        assertThat(page.locator("[data-offered] code"))
                .hasText(
                        OfferedCertificate.fingerprint(next.certificate()).hex().replaceAll("(.{4})(?=.)", "$1 "));
        Chromium.picture(page, "pump-offers-certificate-desk");
        page.locator("[data-offered] form button").click();
        assertThat(page.locator("[data-offered]")).hasCount(0);
        assertThat(page.locator("[data-certificates] code")).hasCount(2);
        assertThat(page.locator(".timeline:not([data-troubles])")).containsText("accepted");
        Chromium.picture(page, "pump-certificate-accepted-desk");
    }

    private VenuleStack stack() {
        return Objects.requireNonNull(stack);
    }

    private EnrolledPump pump() {
        return stack().pumps().get(WardAtWork.SYRINGE).enrolment();
    }

    private String serial() {
        return pump().serial().value();
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }

    private JsonNode said() throws IOException, InterruptedException {
        return api().get("auditor", "/api/v1/pumps/" + serial()).expect(200).json();
    }

    /** The fingerprints of what waits. */
    private List<String> offered() throws IOException, InterruptedException {
        return said().path("offers")
                .valueStream()
                .map(offer -> offer.path("certificate").path("sha256").asText())
                .toList();
    }

    private boolean isReached() throws IOException, InterruptedException {
        return said().path("channels")
                .valueStream()
                .noneMatch(channel -> channel.has("lostSince")
                        || channel.path("state").asText().equals("NEVER_HEARD"));
    }

    private Api.Answer accept(String user, Object body) throws IOException, InterruptedException {
        return api().post(user, "/api/v1/pumps/" + serial() + "/certificate/accept", body);
    }

    /** The fingerprints that entries of this kind name. */
    private List<String> entries(String kind) throws IOException, InterruptedException {
        return api().get("auditor", "/api/v1/audit/entries?kind=" + kind + "&q=" + serial())
                .expect(200)
                .json()
                .path("entries")
                .valueStream()
                .map(entry -> entry.path("details").path("sha256").asText())
                .toList();
    }

    private void enrol(String certificate) throws IOException, InterruptedException {
        var facts = pump();
        var body = new LinkedHashMap<String, Object>();
        body.put("serial", facts.serial().value());
        body.put("assetId", facts.assetId());
        body.put("model", facts.model().equals(PumpModel.SYRINGE) ? "syringe" : "large-volume");
        body.put("channels", facts.channels());
        body.put("endpoint", facts.endpoint());
        body.put("certificate", certificate);
        body.put("recordKey", facts.recordKey());
        body.put("simulated", facts.simulated());
        body.put("ward", facts.ward());
        api().post(BIOMED, "/api/v1/pumps", body).expect(201);
    }
}
