package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.simulator.FleetPump;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Taking an order back and asking for STOP, from tap and API to the pump and back: propofol on the rack's fourth channel. T-37; decision 8.
 */
@QuarkusTest
@WithTestResource(StackResource.class)
class StopIT extends AtScreens {
    private static final String NURSE = "nurse";
    private static final String PRESCRIPTION = "RX-1002";
    private static final int CHANNEL = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private @Nullable Api api;

    @BeforeAll
    void open() throws IOException, InterruptedException {
        api = new Api(screens().stack());
    }

    @AfterAll
    void close() {
        api().close();
    }

    @Test
    void an_order_is_taken_back_while_it_waits_and_the_next_one_is_stopped_while_it_runs() throws Exception {
        var first = placed();
        var nurse = at(first);
        assertThat(heading(nurse)).containsText("Waiting for START");
        assertThat(nurse.locator("[data-end=stop]")).isHidden();
        nurse.locator("[data-end=cancel] summary").click();
        Chromium.picture(nurse, "bedside-take-back-phone");
        nurse.locator("[data-end=cancel]").getByText("No longer needed").click();

        assertThat(heading(nurse)).hasText("Cancelled");
        assertThat(nurse.locator(".end").first()).isHidden();
        assertThat(pumpState()).isEqualTo("IDLE");
        assertThat(titles(first)).contains("STOP_ASKED", "STOP_TAKEN");
        assertThat(story(first)).contains("\"CANCELLED\"", "No longer needed");

        // The bag of an order that never started is free again.
        var second = placed();
        screens().panel(WardAtWork.RACK).getByTestId("channel-4-start").click();
        await().atMost(Duration.ofSeconds(20)).until(() -> state(second).equals("RUNNING"));
        aCancelThatComesTooLateTouchesNothing(second);
        changedByVerdictAndStart(second);
        stoppedByAPersonThatWasAsked(second);
        aSecondStopFindsNothing(second);
    }

    private void aCancelThatComesTooLateTouchesNothing(String order) throws Exception {
        var late = end(order, "cancel", "NOT_NEEDED");

        assertThat(late.problem()).isEqualTo("nothing-to-end");
        assertThat(pumpState()).isEqualTo("RUNNING");
    }

    private void changedByVerdictAndStart(String order) throws Exception {
        var nurse = at(order);
        wanted(nurse, "101");
        assertThat(heading(nurse)).hasText("STOP: HARD LIMIT");
        nurse.getByText("Leave it as it is").click();
        wanted(nurse, "60");
        assertThat(heading(nurse)).hasText("REASON NEEDED");
        assertThat(nurse.locator(".dose")).containsText("60 mcg/kg/minuntil now 20\u00a0mcg/kg/min");
        Chromium.picture(nurse, "bedside-change-reason-phone");
        nurse.getByText("Leave it as it is").click();
        wanted(nurse, "25");
        assertThat(heading(nurse)).hasText("READY");
        assertThat(nurse.locator(".verdict")).containsText("14.2 mL/h");
        Chromium.picture(nurse, "bedside-change-ready-phone");
        nurse.locator("#send").click();

        assertThat(heading(nurse)).containsText("Waiting for START");
        assertThat(nurse.locator(".verdict")).containsText("Until then it runs as it is.");
        Chromium.picture(nurse, "bedside-change-waiting-phone");
        var panel = screens().panel(WardAtWork.RACK);
        assertThat(panel.getByTestId("channel-4-ask")).containsText("Change to 14.2 mL/h");
        Chromium.picture(panel, "pump-change-waiting");
        assertThat(panel.getByTestId("channel-4-state")).hasText("running");
        panel.getByTestId("channel-4-start").click();

        assertThat(heading(nurse)).hasText("In effect");
        Chromium.picture(nurse, "bedside-change-done-phone");
        nurse.getByText("The infusion itself").click();
        assertThat(nurse.locator(".now")).containsText("running, 14.2");
        assertThat(nurse.locator(".now")).not().containsText("by hand");
        assertThat(nurse.locator(".verdict")).containsText("25\u00a0mcg/kg/minat first 20\u00a0mcg/kg/min");
        assertThat(nurse.locator(".verdict")).containsText("14.2\u00a0mL/hat first 11.4\u00a0mL/h");
        Chromium.picture(nurse, "bedside-changed-phone");
        assertThat(story(order)).contains("11.4", "14.2", "\"ORDER\"", "rateChanged");
    }

    private static void wanted(Page nurse, String value) {
        nurse.locator("[data-end=change] summary").click();
        nurse.locator("#value").fill(value);
        nurse.locator("[data-end=change] form button").click();
    }

    private void stoppedByAPersonThatWasAsked(String order) throws Exception {
        var nurse = at(order);
        assertThat(heading(nurse)).hasText("Running");
        assertThat(nurse.locator("[data-end=cancel]")).isHidden();
        Chromium.picture(nurse, "bedside-running-stop-phone");
        nurse.locator("[data-end=stop] summary").click();
        Chromium.picture(nurse, "bedside-stop-why-phone");
        nurse.locator("[data-end=stop]").getByText("Trouble with line or site").click();

        assertThat(heading(nurse)).hasText("PRESS STOP AT THE PUMP");
        Chromium.picture(nurse, "bedside-press-stop-phone");
        assertThat(pumpState()).isEqualTo("RUNNING");
        var panel = screens().panel(WardAtWork.RACK);
        assertThat(panel.getByTestId("channel-4-ask"))
                .containsText("Nora Demo asks to STOP (Trouble with line or site)");
        Chromium.picture(panel, "pump-stop-asked");
        panel.getByTestId("channel-4-stop").click();
        nurse.getByText("See what the pump says").click();

        assertThat(heading(nurse)).hasText("Stopped");
        Chromium.picture(nurse, "bedside-stopped-phone");
        assertThat(pumpState()).isEqualTo("IDLE");
        assertThat(state(order)).isEqualTo("STOPPED");
        var story = story(order);
        assertThat(story).contains("Trouble with line or site", "Nora Demo", "STOP_TAKEN", "\"stopped\"");
        nurse.getByText("Who, when, why").click();
        assertThat(nurse.locator(".timeline")).containsText("Stop asked");
        Chromium.picture(nurse, "timeline-stopped-phone");
    }

    private void aSecondStopFindsNothing(String order) throws Exception {
        var again = end(order, "stop", "OTHER");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("nothing-to-end");
    }

    @Test
    void a_reason_that_is_none_is_refused_and_an_unknown_order_is_not_found() throws Exception {
        var nobodys = "f".repeat(32);

        assertThat(end(nobodys, "stop", "BECAUSE").problem()).isEqualTo("invalid-request");
        assertThat(end(nobodys, "stop", "OTHER").problem()).isEqualTo("not-found");
        assertThat(end("x", "cancel", "OTHER").problem()).isEqualTo("not-found");
    }

    private Api.Answer end(String order, String how, String reason) throws IOException, InterruptedException {
        return api().post(NURSE, "/api/v1/orders/" + order + "/" + how, Map.of("reason", reason));
    }

    private String placed() throws IOException, InterruptedException {
        var form = new java.util.HashMap<String, Object>(Map.of(
                "wristband", screens().ward().band(PRESCRIPTION),
                "bag", screens().ward().bag(PRESCRIPTION),
                "pumpTag", screens().ward().tag(WardAtWork.RACK, CHANNEL),
                "submission", UUID.randomUUID().toString()));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var shown = api().post(NURSE, "/api/v1/orders/check", form).expect(200);
            assertThat(shown.text("verdict")).isEqualTo("READY");
            form.put("displayed", shown.text("displayed"));
        });
        return api().post(NURSE, "/api/v1/orders", form).expect(201).text("id");
    }

    private String state(String order) throws IOException, InterruptedException {
        return api().get(NURSE, "/api/v1/orders/" + order).expect(200).text("state");
    }

    private String story(String order) throws IOException, InterruptedException {
        return api().get("auditor", "/api/v1/audit/orders/" + order).expect(200).text();
    }

    private java.util.List<String> titles(String order) throws IOException, InterruptedException {
        return JSON.readTree(story(order)).findValuesAsText("kind");
    }

    private String pumpState() throws IOException {
        try (var in = pump().panel().resolve("/channels/" + CHANNEL).toURL().openStream()) {
            return JSON.readTree(in).get("state").textValue();
        }
    }

    private Page at(String order) {
        return screens().shown(NURSE, Chromium.PHONE, "/bedside/orders/" + order);
    }

    private static Locator heading(Page page) {
        return page.locator("main h1");
    }

    private FleetPump pump() {
        return screens().stack().pumps().get(WardAtWork.RACK);
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }
}
