package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.signing.SigningKey;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pump that cannot be believed is out of use on every page until a biomedical engineer says why it is not. Threats T-29, T-38. */
@QuarkusTest
@WithTestResource(StackResource.class)
class QuarantineIT extends AtScreens {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String BIOMED = "biomed";

    private @Nullable Api api;

    @BeforeAll
    void open() throws IOException, InterruptedException {
        api = new Api(Objects.requireNonNull(stack));
    }

    @AfterEach
    void mend() throws IOException, InterruptedException {
        enrol(pump().recordKey());
        lift(BIOMED, Map.of("reason", "ENROLLED_ANEW"));
    }

    @AfterAll
    void close() {
        Objects.requireNonNull(api).close();
    }

    @Test
    void it_is_out_of_use_with_reason_and_remedy_until_a_biomedical_engineer_lifts_that_with_a_reason()
            throws Exception {
        enrol(SigningKey.generate(new SecureRandom()).verifyingKey().base64url());
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(this::isOutOfUseOnceItReports);

        var said = said().path("quarantine");
        assertThat(said.path("why").asText()).startsWith("a record that cannot be believed");
        assertThat(said.path("toDo").asText()).contains("Compare the record key");
        assertThat(lift("nurse", Map.of("reason", "EXAMINED")).status()).isEqualTo(403);
        assertThat(lift(BIOMED, Map.of()).problem()).isEqualTo("invalid-request");
        assertThat(lift(BIOMED, Map.of("reason", "it is fine")).problem()).isEqualTo("invalid-request");
        assertThat(isOutOfUse()).isTrue();

        lift(BIOMED, Map.of("reason", "EXAMINED")).expect(200);
        await().atMost(SOON).until(this::isOutOfUse);

        enrol(pump().recordKey());
        assertThat(isOutOfUse()).as("enrolled anew, and not lifted").isTrue();
        everybodySeesWhyAndTheEngineerLiftsIt();

        await().atMost(SOON)
                .until(() -> said().path("channels")
                        .valueStream()
                        .noneMatch(channel -> channel.has("lostSince")
                                || channel.path("state").asText().equals("NEVER_HEARD")));
        assertThat(lift(BIOMED, Map.of("reason", "EXAMINED")).problem()).isEqualTo("not-out-of-use");
        assertThat(lifted()).containsExactly("ENROLLED_ANEW", "EXAMINED");
    }

    private void everybodySeesWhyAndTheEngineerLiftsIt() {
        var page = screens().shown("nurse", Chromium.PHONE, "/fleet/" + serial());
        assertThat(page.locator("[data-halt]")).containsText("What biomedical engineering must do");
        assertThat(page.locator("[data-halt] form")).hasCount(0);
        Chromium.picture(page, "pump-out-of-use-phone");
        var board = screens().shown(BIOMED, Chromium.DESK, "/fleet?state=OUT_OF_USE");
        assertThat(board.locator("#ch-" + serial() + "-1")).containsText("Out of use");
        Chromium.picture(board, "fleet-out-of-use-desk");
        board.locator("#ch-" + serial() + "-1 .sub a").click();
        board.locator("[data-halt] summary").click();
        Chromium.picture(board, "pump-out-of-use-desk");
        board.locator("[data-halt] form button")
                .filter(new Locator.FilterOptions().setHasText("inventory"))
                .click();
        assertThat(board.locator("[data-halt]")).hasCount(0);
        assertThat(board.locator(".timeline:not([data-troubles])")).containsText("ENROLLED_ANEW");
    }

    private EnrolledPump pump() {
        return Objects.requireNonNull(stack).pumps().get(WardAtWork.SYRINGE).enrolment();
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

    private boolean isOutOfUse() throws IOException, InterruptedException {
        return said().has("quarantine")
                && said().path("channels")
                        .valueStream()
                        .allMatch(channel -> channel.path("state").asText().equals("OUT_OF_USE"));
    }

    /** Until the new key counts, its records are still good. */
    private boolean isOutOfUseOnceItReports() throws IOException, InterruptedException {
        Objects.requireNonNull(stack).fleet().writeRecords(pump().serial(), 1);
        return isOutOfUse();
    }

    private Api.Answer lift(String user, Object body) throws IOException, InterruptedException {
        return api().post(user, "/api/v1/pumps/" + serial() + "/quarantine/lift", body);
    }

    /** The reasons of the entries, the latest first. */
    private java.util.List<String> lifted() throws IOException, InterruptedException {
        return api().get("auditor", "/api/v1/audit/entries?kind=QUARANTINE_LIFTED&q=" + serial())
                .expect(200)
                .json()
                .path("entries")
                .valueStream()
                .map(entry -> entry.path("details").path("reason").asText())
                .toList();
    }

    private void enrol(String recordKey) throws IOException, InterruptedException {
        var facts = pump();
        var body = new LinkedHashMap<String, Object>();
        body.put("serial", facts.serial().value());
        body.put("assetId", facts.assetId());
        body.put("model", facts.model().equals(PumpModel.SYRINGE) ? "syringe" : "large-volume");
        body.put("channels", facts.channels());
        body.put("endpoint", facts.endpoint());
        body.put("certificate", facts.certificate());
        body.put("recordKey", recordKey);
        body.put("simulated", facts.simulated());
        body.put("ward", facts.ward());
        api().post(BIOMED, "/api/v1/pumps", body).expect(201);
    }
}
