package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A drug that two people check, from both bedsides to the pump's display. Invariant 7; promise P-22. */
@QuarkusTest
@WithTestResource(StackResource.class)
class TwoPeopleIT extends AtScreens {
    private static final String PRESCRIPTION = "RX-1008";
    private static final int CHANNEL = 2;

    @Test
    void a_drug_for_two_goes_when_a_second_person_has_scanned_for_themselves() throws Exception {
        var form = readyForm();
        var first = verdictOf("nurse");
        assertThat(first.locator("[data-people]")).containsText("Two people check this");
        Chromium.picture(first, "bedside-first-of-two-phone");
        first.locator("#send").click();
        assertThat(first.locator("main h1")).hasText("SECOND PERSON NEEDED");
        Chromium.picture(first, "bedside-second-needed-phone");
        assertThat(panelState()).isEqualTo("idle");
        theSamePersonIsNoSecond(form);

        var second = verdictOf("nurse2");
        assertThat(second.locator("[data-people]")).containsText("Nora Demo has checked this");
        Chromium.picture(second, "bedside-second-of-two-phone");
        second.locator("#send").click();

        assertThat(second.locator("main h1")).containsText("Waiting for START");
        assertThat(panelState()).isEqualTo("order waiting");
        var panel = screens().panel(WardAtWork.RACK);
        assertThat(panel.locator("body")).containsText("Nora Demo");
        Chromium.picture(panel, "pump-two-people");
        second.getByText("Who, when, why").click();
        assertThat(second.locator(".timeline")).containsText("Nora Demo");
        assertThat(second.locator(".timeline")).containsText("First check");
    }

    private void theSamePersonIsNoSecond(Map<String, Object> form) throws IOException, InterruptedException {
        try (var api = new Api(screens().stack())) {
            form.put("submission", UUID.randomUUID().toString());
            var again = api.post("nurse", "/api/v1/orders", form);

            assertThat(again.status()).isEqualTo(409);
            assertThat(again.problem()).isEqualTo("second-person-needed");
        }
    }

    /** As soon as whatever waits on the channel is gone. */
    private Map<String, Object> readyForm() throws IOException, InterruptedException {
        var form = new HashMap<String, Object>(Map.of(
                "wristband", screens().ward().band(PRESCRIPTION),
                "bag", screens().ward().bag(PRESCRIPTION),
                "pumpTag", screens().ward().tag(WardAtWork.RACK, CHANNEL)));
        try (var api = new Api(screens().stack())) {
            await().atMost(Duration.ofSeconds(90))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(250))
                    .untilAsserted(() -> {
                        var shown =
                                api.post("nurse", "/api/v1/orders/check", form).expect(200);
                        assertThat(shown.text("verdict")).as(shown.text()).isEqualTo("READY");
                        form.put("displayed", shown.text("displayed"));
                    });
        }
        return form;
    }

    private Page verdictOf(String nurse) throws IOException, InterruptedException {
        var page = screens().shown(nurse, Chromium.PHONE, "/bedside");
        Chromium.scan(page, screens().ward().band(PRESCRIPTION));
        assertThat(page.locator("main h1")).containsText("Scan the bag");
        Chromium.scan(page, screens().ward().bag(PRESCRIPTION));
        assertThat(page.locator("main h1")).containsText("Scan the tag");
        Chromium.scan(page, screens().ward().tag(WardAtWork.RACK, CHANNEL));
        assertThat(page.locator("main h1")).hasText("READY");
        return page;
    }

    private String panelState() {
        return Objects.requireNonNull(screens()
                .panel(WardAtWork.RACK)
                .getByTestId("channel-" + CHANNEL + "-state")
                .textContent());
    }
}
