package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitUntilState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.StackResource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Back, reload, a network that fails and a sign-in that ended: each says what is so, and loses nothing that matters. Rows 13, 19, 31 and 32. */
@QuarkusTest
@WithTestResource(StackResource.class)
class LostOnTheWayIT extends AtScreens {
    /** Makes each answer to a form late by that much, as a weak network does. */
    private static final String SLOW = """
            () => { const quick = window.fetch;
              window.fetch = async (...all) => { await new Promise(done => setTimeout(done, 700)); return quick(...all); }; }
            """;

    private static final String LINES =
            "el => Math.round(el.getBoundingClientRect().height / parseFloat(getComputedStyle(el).lineHeight))";

    @Test
    void reload_and_back_keep_what_was_scanned() throws Exception {
        var nurse = atBedside();
        scan(nurse, screens().ward().band("RX-1012"), "Scan the bag");

        nurse.reload();
        assertThat(heading(nurse)).containsText("Scan the bag");
        scan(nurse, screens().ward().bag("RX-1012"), "Scan the tag");
        nurse.navigate(screens().address("/fleet"));
        nurse.goBack();
        assertThat(heading(nurse)).containsText("Scan the tag");
        nurse.getByText("Start again").click();

        assertThat(heading(nurse)).containsText("wristband");
        assertThat(nurse.locator(".steps .done")).hasCount(0);
    }

    @ParameterizedTest(name = "{0} ms ago")
    @CsvSource({"290000, Scan the bag", "300000, wristband"})
    void a_reload_finds_what_was_scanned_within_five_minutes_and_nothing_older(int ago, String then) throws Exception {
        var nurse = atBedside();
        scan(nurse, screens().ward().band("RX-1012"), "Scan the bag");

        nurse.evaluate("ago => history.replaceState({...history.state, at: Date.now() - ago}, '')", ago);
        nurse.reload(new Page.ReloadOptions().setWaitUntil(WaitUntilState.NETWORKIDLE));

        assertThat(heading(nurse)).containsText(then);
    }

    @Test
    void who_scans_faster_than_the_network_answers_loses_no_scan() throws Exception {
        var nurse = atBedside();
        nurse.evaluate(SLOW);

        Chromium.scan(nurse, screens().ward().band("RX-1012"));
        Chromium.scan(nurse, screens().ward().bag("RX-1012"));

        assertThat(heading(nurse)).containsText("Scan the tag");
        assertThat(nurse.locator(".steps .done")).hasCount(2);
    }

    @Test
    void a_scan_where_none_is_taken_is_said_on_the_page() throws Exception {
        var nurse = atBedside();
        scan(nurse, screens().ward().band("RX-1002"), "Scan the bag");
        scan(nurse, screens().ward().band("RX-1012"), "Use the new one?");

        Chromium.scan(nurse, screens().ward().bag("RX-1012"));

        assertThat(nurse.locator("[data-said]")).containsText("This scan was not taken.");
    }

    @Test
    void an_order_whose_answer_was_lost_is_sent_once_however_often_one_taps() throws Exception {
        var tag = screens().ward().tag(WardAtWork.SYRINGE, 1);
        screens().ward().ready("RX-1006", tag);
        var nurse = atBedside();
        scan(nurse, screens().ward().band("RX-1006"), "Scan the bag");
        scan(nurse, screens().ward().bag("RX-1006"), "Scan the tag");
        scan(nurse, tag, "READY");
        assertThat(((Number) nurse.locator(".dose dd").nth(2).evaluate(LINES)).intValue())
                .as("lines of the dose, a unit that is long and never broken")
                .isOne();
        var before = screens().ward().orders();
        nurse.route("**/bedside/send", route -> {
            route.fetch(new Route.FetchOptions().setMaxRedirects(0));
            route.abort();
        });

        nurse.locator("#send").click();
        assertThat(nurse.locator("[data-said]")).containsText("It may or may not have got this.");
        nurse.unroute("**/bedside/send");
        nurse.locator("#send").click();

        assertThat(heading(nurse)).containsText("Waiting for START");
        assertThat(screens().ward().orders() - before).isOne();
        var sent = nurse.url();
        nurse.goBack();
        assertThat(heading(nurse)).containsText("wristband");
        assertThat(nurse.locator(".steps .done")).hasCount(0);
        scan(nurse, screens().ward().band("RX-1006"), "Scan the bag");
        scan(nurse, screens().ward().bag("RX-1006"), "Scan the tag");
        scan(nurse, tag, "STOP");
        nurse.getByText("The order on this channel").click();
        nurse.waitForURL(sent);
        nurse.getByText("Take this order back…").click();
        nurse.locator("[data-end=cancel] .taps button").first().click();
        assertThat(heading(nurse)).not().containsText("Waiting for START");
    }

    @ParameterizedTest(name = "left of the session: {0}")
    @ValueSource(strings = {"", "q_session=of-no-use"})
    void a_sign_in_that_ended_in_mid_flow_is_said_with_the_way_back(String left) throws Exception {
        var nurse = atBedside();
        scan(nurse, screens().ward().band("RX-1002"), "Scan the bag");
        endSession(nurse, left);

        Chromium.scan(nurse, screens().ward().bag("RX-1002"));

        assertThat(heading(nurse)).containsText("Not signed in");
        assertThat(nurse.locator("main")).containsText("Nothing was sent.");
        nurse.locator("main")
                .getByText("Sign in", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(nurse.locator("#username")).isVisible();
    }

    @Test
    void a_live_page_that_gets_no_news_any_more_says_that_it_is_old() {
        var board = screens().chromium().signedIn("biomed", Chromium.DESK);
        board.route("**/fleet/live*", route -> route.fulfill(new Route.FulfillOptions().setStatus(401)));

        board.navigate(screens().address("/fleet?state=IDLE"));

        assertThat(board.locator("#old")).containsText("What stands here is old.");
        assertThat(board.locator("#offline")).isHidden();
        assertThat(board.locator("#old a")).hasAttribute("href", screens().address("/fleet?state=IDLE"));
    }

    @Test
    void another_theme_loses_no_scan() throws Exception {
        var nurse = atBedside();
        scan(nurse, screens().ward().band("RX-1002"), "Scan the bag");

        nurse.locator(".me summary").click();
        nurse.locator("button[name=theme][value=dark]").click();
        nurse.locator("html[data-theme=dark]").waitFor();

        assertThat(heading(nurse)).containsText("Scan the bag");
        assertThat(nurse.locator("button[name=theme][value=dark]")).hasAttribute("aria-pressed", "true");
    }

    /** What is left in the browser of a session that is over: nothing, or what no server takes any more. */
    private void endSession(Page page, String left) {
        page.context().clearCookies();
        if (!left.isEmpty()) {
            var parts = left.split("=", 2);
            page.context()
                    .addCookies(List.of(
                            new Cookie(parts[0], parts[1]).setUrl(screens().address("/"))));
        }
    }

    private static void scan(Page nurse, String label, String then) {
        Chromium.scan(nurse, label);
        assertThat(heading(nurse)).containsText(then);
    }

    private static Locator heading(Page page) {
        return page.locator("main h1");
    }

    private Page atBedside() {
        return screens().shown("nurse", Chromium.PHONE, "/bedside");
    }
}
