package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.StackResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The nurse's whole flow in a browser, with the pump's own front panel; every picture it takes is in {@code target/screenshots}. */
@QuarkusTest
@WithTestResource(StackResource.class)
class BedsideFlowIT extends AtScreens {
    private static final String NURSE = "nurse";
    private static final LocatorAssertions.ContainsTextOptions WITHIN_A_MINUTE =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    @Test
    void three_scans_and_one_tap_bring_an_order_to_the_pump_and_its_life_back_to_the_page() throws Exception {
        var nurse = atBedside(Chromium.PHONE);
        Chromium.picture(nurse, "bedside-scan-phone");

        Chromium.scan(nurse, band("RX-1003"));
        assertThat(heading(nurse)).containsText("Scan the bag");
        Chromium.scan(nurse, bag("RX-1003"));
        assertThat(heading(nurse)).containsText("Scan the tag");
        Chromium.scan(nurse, tag(0, 1));
        assertThat(heading(nurse)).hasText("READY");
        assertThat(nurse.locator(".verdict")).containsText("Carla Ejemplo");
        Chromium.picture(nurse, "bedside-ready-phone");
        nurse.locator("#send").click();

        assertThat(heading(nurse)).containsText("Waiting for START");
        Chromium.picture(nurse, "bedside-waiting-phone");
        var panel = screens().panel(0);
        assertThat(panel.getByTestId("channel-1-state")).hasText("order waiting");
        Chromium.picture(panel, "pump-waiting");

        panel.getByTestId("channel-1-badge").fill(badge());
        panel.getByTestId("channel-1-start").click();
        assertThat(heading(nurse)).hasText("Running");
        assertThat(nurse.locator(".verdict")).containsText("running, 10");
        Chromium.picture(panel, "pump-running");

        panel.getByTestId("channel-1-newrate").fill("16");
        panel.getByTestId("channel-1-badge").fill(badge());
        panel.getByTestId("channel-1-rate").click();
        assertThat(panel.getByTestId("channel-1-said")).containsText("outside a soft limit");
        panel.getByTestId("channel-1-confirm").click();
        assertThat(nurse.locator(".verdict")).containsText("running, 16");
        assertThat(nurse.locator(".now")).containsText("Set by hand at the pump; ordered is 10\u00a0mL/h.");
        Chromium.picture(nurse, "bedside-running-phone");
        var biomed = screens().shown("biomed", Chromium.DESK, "/fleet");
        assertThat(biomed.locator("#ch-LV-00001-1")).containsText("Running");
        Chromium.picture(biomed, "fleet-desk");

        assertThat(heading(nurse)).containsText("Complete", WITHIN_A_MINUTE);
        nurse.getByText("Who, when, why").click();
        assertThat(nurse.locator(".timeline")).containsText("Pump: rate changed");
        assertThat(nurse.locator(".timeline li").first()).containsText("Pairing");
        Chromium.picture(nurse, "timeline-phone");
        nurse.setViewportSize(Chromium.DESK, 900);
        Chromium.picture(nurse, "timeline-desk");
    }

    @Test
    void a_bag_for_another_patient_stops_everything_until_someone_acts() throws Exception {
        var nurse = atBedside(Chromium.PHONE);

        Chromium.scan(nurse, band("RX-1002"));
        assertThat(heading(nurse)).containsText("Scan the bag");
        Chromium.scan(nurse, bag("RX-1009"));
        assertThat(heading(nurse)).containsText("Scan the tag");
        Chromium.scan(nurse, tag(1, 1));

        assertThat(heading(nurse)).hasText("STOP: DO NOT CONNECT");
        assertThat(nurse.locator(".verdict")).containsText("This bag was made for another patient.");
        assertThat(nurse.locator("#send")).hasCount(0);
        assertThat(nurse.locator("form[action='/bedside/send']")).hasCount(0);
        Chromium.picture(nurse, "bedside-stop-phone");
        Chromium.scan(nurse, bag("RX-1002"));
        assertThat(heading(nurse)).hasText("STOP: DO NOT CONNECT");
        nurse.getByText("I have seen this").click();
        assertThat(heading(nurse)).containsText("wristband");
    }

    @Test
    void a_soft_limit_asks_for_a_reason_in_one_tap() throws Exception {
        var nurse = atBedside(Chromium.PHONE);

        scanAll(nurse, "RX-1010", tag(1, 1));

        assertThat(heading(nurse)).hasText("REASON NEEDED");
        assertThat(nurse.locator("#send")).hasCount(0);
        Chromium.picture(nurse, "bedside-reason-phone");
        nurse.getByText("Confirmed with the prescriber").click();
        assertThat(heading(nurse)).containsText("Waiting for START");
        assertThat(nurse.locator(".verdict")).containsText("Soft limit passed because");
    }

    @Test
    void a_hard_limit_offers_no_way_on() throws Exception {
        var nurse = atBedside(Chromium.PHONE);

        scanAll(nurse, "RX-1009", tag(WardAtWork.SYRINGE, 1));

        assertThat(heading(nurse)).hasText("STOP: HARD LIMIT");
        assertThat(nurse.locator("form[action='/bedside/send']")).hasCount(0);
        Chromium.picture(nurse, "bedside-hard-limit-phone");
    }

    @Test
    void a_bag_that_no_syringe_holds_is_sent_to_another_pump() throws Exception {
        var nurse = atBedside(Chromium.PHONE);

        scanAll(nurse, "RX-1011", tag(WardAtWork.SYRINGE, 1));

        assertThat(heading(nurse)).hasText("STOP: HARD LIMIT");
        assertThat(nurse.locator(".verdict")).containsText("Take a pump that can do this, and scan its tag.");
        Chromium.picture(nurse, "bedside-wrong-kind-of-pump-phone");
    }

    @Test
    void a_badge_at_the_wristband_prompt_is_named_and_the_step_stays() throws Exception {
        var nurse = atBedside(Chromium.PHONE);

        Chromium.scan(nurse, "(8017)" + badge());

        assertThat(nurse.locator(".note.bad")).containsText("This is a staff badge.");
        assertThat(heading(nurse)).containsText("wristband");
    }

    @Test
    void a_second_wristband_is_taken_only_after_a_clear_question() throws Exception {
        var nurse = atBedside(Chromium.PHONE);

        Chromium.scan(nurse, band("RX-1002"));
        assertThat(heading(nurse)).containsText("Scan the bag");
        Chromium.scan(nurse, band("RX-1003"));

        assertThat(heading(nurse)).containsText("You scanned another wristband. Use the new one?");
        nurse.getByText("Keep the first").click();
        assertThat(heading(nurse)).containsText("Scan the bag");
    }

    @Test
    void a_slow_scanner_is_waited_for_and_its_label_read_whole() throws Exception {
        var nurse = atBedside(Chromium.PHONE);

        Chromium.scan(nurse, band("RX-1002"), Chromium.SLOW_KEY_MS);

        assertThat(heading(nurse)).containsText("Scan the bag");
    }

    @Test
    void scans_in_another_order_reach_the_same_verdict() throws Exception {
        var nurse = atBedside(Chromium.DESK);

        Chromium.scan(nurse, tag(WardAtWork.SYRINGE, 1));
        assertThat(heading(nurse)).containsText("wristband");
        Chromium.scan(nurse, bag("RX-1012"));
        assertThat(heading(nurse)).containsText("wristband");
        Chromium.scan(nurse, band("RX-1012"));

        assertThat(heading(nurse)).hasText("READY");
        Chromium.picture(nurse, "bedside-ready-desk");
    }

    @Test
    void two_taps_and_a_reload_send_one_order() throws Exception {
        var nurse = atBedside(Chromium.PHONE);
        scanAll(nurse, "RX-1011", tag(WardAtWork.RACK, 2));
        assertThat(heading(nurse)).hasText("READY");
        var before = orders();

        nurse.locator("#send").dblclick();
        assertThat(heading(nurse)).containsText("Waiting for START");
        nurse.reload();

        assertThat(heading(nurse)).containsText("Waiting for START");
        assertThat(orders() - before).isOne();
    }

    @Test
    void without_script_the_forms_bring_an_order_to_the_pump_and_take_it_back() throws Exception {
        var nurse = screens()
                .chromium()
                .signedIn("nurse2", Chromium.wide(Chromium.PHONE).setJavaScriptEnabled(false));
        nurse.navigate(screens().address("/bedside"));

        for (var label : new String[] {band("RX-1007"), bag("RX-1007"), tag(WardAtWork.RACK, 3)}) {
            nurse.locator("#text").fill(label);
            nurse.locator("#scan-form button").click();
        }
        assertThat(heading(nurse)).hasText("READY");
        nurse.locator("#send").click();
        assertThat(heading(nurse)).containsText("Waiting for START");

        nurse.locator("[data-end=cancel] summary").click();
        nurse.locator("[data-end=cancel]").getByText("No longer needed").click();
        assertThat(heading(nurse)).hasText("Cancelled");
    }

    @Test
    void a_picture_of_a_label_is_read_like_a_scan() throws Exception {
        var nurse = atBedside(Chromium.PHONE);
        var file = Files.createTempFile(Path.of("target"), "label", ".png");
        Files.write(file, screens().ward().bandPicture("RX-1002"));

        nurse.locator("#picture").setInputFiles(file);

        assertThat(heading(nurse)).containsText("Scan the bag");
        Files.delete(file);
    }

    @Test
    void without_a_connection_a_banner_says_so_and_nothing_is_sent_later() throws Exception {
        var nurse = atBedside(Chromium.PHONE);
        scanAll(nurse, "RX-1001", tag(WardAtWork.RACK, 4));
        assertThat(heading(nurse)).hasText("READY");
        var before = orders();

        nurse.context().setOffline(true);
        assertThat(nurse.locator("#offline")).isVisible(within(5_000));
        nurse.locator("#send").click();
        Chromium.picture(nurse, "bedside-offline-phone");
        nurse.context().setOffline(false);

        assertThat(nurse.locator("#offline")).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(10_000));
        assertThat(heading(nurse)).hasText("READY");
        assertThat(orders()).isEqualTo(before);
    }

    @Test
    void a_scan_shows_feedback_at_once_and_its_answer_within_a_second() throws Exception {
        var nurse = atBedside(Chromium.PHONE);
        Chromium.scan(nurse, band("RX-1002"));
        assertThat(heading(nurse)).containsText("Scan the bag");

        Response answer = nurse.waitForResponse("**/bedside/scan", () -> scanQuietly(nurse));

        assertThat(answer.request().timing().responseEnd).isLessThan(1_000);
    }

    private void scanQuietly(Page nurse) {
        try {
            Chromium.scan(nurse, bag("RX-1002"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // What the tests hold in their hands ---------------------------------------------------------------

    private Page atBedside(int width) {
        return screens().shown(NURSE, width, "/bedside");
    }

    private void scanAll(Page nurse, String prescription, String tag) throws IOException, InterruptedException {
        Chromium.scan(nurse, band(prescription));
        assertThat(heading(nurse)).containsText("Scan the bag");
        Chromium.scan(nurse, bag(prescription));
        assertThat(heading(nurse)).containsText("Scan the tag");
        Chromium.scan(nurse, tag);
        assertThat(nurse.locator("[data-verdict]")).isVisible();
    }

    private static Locator heading(Page page) {
        return page.locator("main h1");
    }

    private static LocatorAssertions.IsVisibleOptions within(double ms) {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(ms);
    }

    private int orders() throws IOException, InterruptedException {
        return screens().ward().orders();
    }

    private String badge() {
        return screens().badge(NURSE);
    }

    private String band(String prescription) throws IOException, InterruptedException {
        return screens().ward().band(prescription);
    }

    private String bag(String prescription) throws IOException, InterruptedException {
        return screens().ward().bag(prescription);
    }

    private String tag(int pump, int channel) throws IOException, InterruptedException {
        return screens().ward().tag(pump, channel);
    }
}
