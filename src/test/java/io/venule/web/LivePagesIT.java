package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.StackResource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages that change by themselves, or are used without a mouse: rows 5, 7, 10, 11, 14 and 20 of what users expect. */
@QuarkusTest
@WithTestResource(StackResource.class)
class LivePagesIT extends AtScreens {
    @Test
    void an_alarm_comes_first_with_word_shape_and_marks_is_said_at_once_and_takes_no_focus() throws Exception {
        var pump = screens().stack().pumps().get(1);
        var board = screens().shown("biomed", Chromium.DESK, "/fleet");
        screens().ward().placed("RX-1004", screens().ward().tag(1, 1));
        var row = board.locator("#ch-" + pump.enrolment().serial() + "-1");
        var panel = screens().panel(1);
        panel.getByTestId("channel-1-badge").fill(screens().badge("nurse"));
        panel.getByTestId("channel-1-start").click();
        assertThat(row).containsText("Running");
        board.locator("#q").focus();

        panel.locator("summary").first().click();
        panel.getByTestId("channel-1-AIR_IN_LINE").click();

        assertThat(row).containsText("!!!");
        assertThat(row.locator(".tag.bad svg")).hasCount(1);
        // Others may need attention as much; none that needs none stands before one that does.
        assertThat(board.locator("#rows tr:not(:has(.bang)) ~ tr:has(.bang)")).hasCount(0);
        assertThat(board.locator("#alert"))
                .containsText(pump.enrolment().serial().value());
        await().pollInSameThread()
                .until(() -> attention(board) > 0
                        && attention(board) == board.locator("#rows .bang").count());
        assertThat(board.locator("#q")).isFocused();
        Chromium.picture(board, "fleet-alarm-desk");
        panel.getByTestId("channel-1-stop").click();
        assertThat(row).not().containsText("!!!");
    }

    @Test
    void an_order_can_be_looked_at_and_led_back_to_its_reasons_by_keyboard_alone() throws Exception {
        var nurse = screens()
                .shown(
                        "nurse",
                        Chromium.DESK,
                        "/bedside/orders/" + screens().ward().order());

        tabTo(nurse, "Who, when, why");
        nurse.keyboard().press("Enter");

        assertThat(nurse.locator("main h1")).hasText("Timeline of one infusion");
        assertThat(nurse.locator(".timeline")).containsText("Nora Demo");
        assertThat(nurse.locator(".timeline")).containsText("Why:");
    }

    @Test
    void a_scan_is_typed_and_sent_by_keyboard_alone() throws Exception {
        var nurse = screens().shown("nurse", Chromium.DESK, "/bedside");

        nurse.locator("html[data-scanner=ready]").waitFor();
        for (int steps = 0; steps < 20 && !"text".equals(nurse.evaluate("() => document.activeElement.id")); steps++) {
            nurse.keyboard().press("Tab");
        }
        nurse.keyboard().type(screens().ward().band("RX-1002"));
        nurse.keyboard().press("Enter");

        assertThat(nurse.locator("main h1")).containsText("Scan the bag");
    }

    @Test
    void an_empty_page_says_what_is_missing_and_where_to_go_on() {
        var pages = List.of("/fleet?q=nothing-like-it", "/library?q=nothing-like-it", "/audit?q=nothing-like-it");
        var auditor = screens().chromium().signedIn("auditor", Chromium.PHONE);

        for (var path : pages) {
            auditor.navigate(screens().address(path));
            assertThat(auditor.locator(".empty strong")).isVisible();
            assertThat(auditor.locator(".empty a.button")).isVisible();
            assertThat(auditor.locator(".empty").textContent().strip().length())
                    .as(path)
                    .isGreaterThan(40);
        }
    }

    @Test
    void nothing_moves_or_flashes_by_itself() {
        for (var path : List.of("/fleet", "/library", "/")) {
            var page = screens().chromium().signedIn("biomed", Chromium.wide(Chromium.DESK));
            page.navigate(screens().address(path));

            assertThat(page.evaluate("() => document.getAnimations().length"))
                    .as(path)
                    .isEqualTo(0);
        }
    }

    /** What the board counts as needing attention, in its headline. */
    private static int attention(Page board) {
        var said = board.locator("#counts").textContent().replaceAll("(?s).*?(\\d+) need attention.*", "$1");
        return Integer.parseInt(said);
    }

    private static void tabTo(Page page, String link) {
        var script = "() => document.activeElement.textContent.trim()";
        for (int steps = 0; steps < 40; steps++) {
            if (page.evaluate(script).toString().endsWith(link)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("no way by keyboard to " + link);
    }
}
