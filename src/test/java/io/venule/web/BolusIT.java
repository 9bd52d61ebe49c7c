package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A bolus from the running bag, from tap and API to the pump and back: conivaptan on the rack's third channel, where time goes sixty times as fast. T-51. */
@QuarkusTest
@WithTestResource(StackResource.class)
class BolusIT extends AtScreens {
    private static final String NURSE = "nurse";
    private static final String PRESCRIPTION = "RX-1013";
    private static final int CHANNEL = 3;

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
    void a_bolus_is_checked_started_at_the_pump_given_once_and_one_that_is_broken_off_is_not_called_given()
            throws Exception {
        var order = screens().ward().placed(PRESCRIPTION, screens().ward().tag(WardAtWork.RACK, CHANNEL));
        key("start").click();
        var nurse = at(order);
        assertThat(heading(nurse)).hasText("Running");
        Chromium.picture(nurse, "bedside-running-bolus-phone");

        givenForAReason(nurse, order);
        brokenOffAtThePump(at(order), order);
        theApiSaysTheSame(order);
        key("stop").click();
        assertThat(heading(at(order))).hasText("Stopped");
    }

    /** 5 mg are 25 mL, which 210 mL/h give in 7.1 s of the test. */
    private void givenForAReason(Page nurse, String order) throws Exception {
        wanted(nurse, "5");
        assertThat(heading(nurse)).hasText("REASON NEEDED");
        assertThat(nurse.locator(".dose")).containsText("Bolus5\u00a0mg25\u00a0mL from the running bag");
        assertThat(nurse.locator(".dose")).containsText("Before and after1\u00a0mg/h");
        Chromium.picture(nurse, "bedside-bolus-reason-phone");
        nurse.locator(".taps button").first().click();
        assertThat(heading(nurse)).containsText("Bolus waiting for START");
        assertThat(nurse.locator(".verdict")).containsText("Until then it runs as it is.");
        Chromium.picture(nurse, "bedside-bolus-waiting-phone");
        var panel = screens().panel(WardAtWork.RACK);
        assertThat(panel.getByTestId("channel-3-ask")).containsText("Bolus of 25 mL at 210 mL/h (5 mg)");
        Chromium.picture(panel, "pump-bolus-waiting");

        key("start").click();

        assertThat(heading(nurse)).hasText("Bolus being given");
        Chromium.picture(nurse, "bedside-bolus-given-now-phone");
        var infusion = at(order);
        assertThat(infusion.locator(".now")).containsText("A bolus of 5\u00a0mg is being given (25\u00a0mL).");
        assertThat(infusion.locator(".now")).not().containsText("by hand");
        Chromium.picture(infusion, "bedside-infusion-with-bolus-phone");
        assertThat(heading(nurse)).hasText("Bolus given");
        assertThat(infusion.locator(".now")).containsText("running, 5\u00a0mL/h");
        assertThat(infusion.locator(".now")).not().containsText("bolus");
        assertThat(story(order)).contains("\"bolusGiven\"", "\"BOLUS\"", "25 mL");
    }

    /** 10 mg are 50 mL, which take 14.3 s of the test. */
    private void brokenOffAtThePump(Page nurse, String order) throws Exception {
        wanted(nurse, "10");
        assertThat(heading(nurse)).hasText("READY");
        assertThat(nurse.locator(".sum")).containsText("10\u00a0mg ÷ 0.2\u00a0mg/mL = 50\u00a0mL");
        Chromium.picture(nurse, "bedside-bolus-ready-phone");
        nurse.locator("#send").click();
        assertThat(heading(nurse)).containsText("Bolus waiting for START");
        key("start").click();
        assertThat(heading(nurse)).hasText("Bolus being given");
        wantedMeanwhile(order);

        key("pause").click();

        assertThat(heading(nurse)).hasText("Bolus broken off before its end");
        assertThat(nurse.locator(".verdict")).containsText("the rest will not be");
        Chromium.picture(nurse, "bedside-bolus-broken-off-phone");
        nurse.getByText("Who, when, why").click();
        assertThat(nurse.locator(".timeline")).containsText("Pump: bolus given");
        assertThat(nurse.locator(".timeline")).containsText("25\u00a0mL");
        Chromium.picture(nurse, "timeline-bolus-phone");
        key("resume").click();
        assertThat(at(order).locator(".now")).containsText("running, 5\u00a0mL/h");
    }

    private void wantedMeanwhile(String order) throws Exception {
        var shown =
                api().post(NURSE, bolus(order) + "/check", Map.of("value", "2")).expect(200);
        var another = Map.of(
                "value",
                "2",
                "override",
                "WEANING",
                "displayed",
                shown.text("displayed"),
                "submission",
                UUID.randomUUID().toString());

        assertThat(api().post(NURSE, bolus(order), another).problem()).isEqualTo("channel-busy");
    }

    private static String bolus(String order) {
        return "/api/v1/orders/" + order + "/bolus";
    }

    private void theApiSaysTheSame(String order) throws Exception {
        var above =
                api().post(NURSE, bolus(order) + "/check", Map.of("value", "1")).expect(200);
        assertThat(above.text("verdict")).isEqualTo("NEEDS_REASON");
        assertThat(above.text("volume")).isEqualTo("5 mL");
        var tooMuch = api().post(NURSE, bolus(order) + "/check", Map.of("value", "20"))
                .expect(200);
        assertThat(tooMuch.text("verdict")).isEqualTo("NOT_POSSIBLE");
        assertThat(tooMuch.text("sentence")).contains("left of the volume to infuse");
        var none =
                api().post(NURSE, bolus(order) + "/check", Map.of("value", "0")).expect(200);
        assertThat(none.text("verdict")).isEqualTo("NOT_POSSIBLE");
    }

    private static void wanted(Page nurse, String value) {
        nurse.locator("[data-end=bolus] summary").click();
        nurse.locator("#bolus").fill(value);
        nurse.locator("[data-end=bolus] form button").click();
    }

    private Locator key(String name) {
        return screens().panel(WardAtWork.RACK).getByTestId("channel-" + CHANNEL + "-" + name);
    }

    private Page at(String order) {
        return screens().shown(NURSE, Chromium.PHONE, "/bedside/orders/" + order);
    }

    private static Locator heading(Page page) {
        return page.locator("main h1");
    }

    private String story(String order) throws IOException, InterruptedException {
        return api().get("auditor", "/api/v1/audit/orders/" + order).expect(200).text();
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }
}
