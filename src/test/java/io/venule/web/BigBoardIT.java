package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.stack.AbsentPumps;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A board with more channels than a page has: in parts, sorted and filtered by the address, live in each of them. EXPECTATIONS row 33. */
@QuarkusTest
@WithTestResource(StackResource.class)
class BigBoardIT extends AtScreens {
    private static final String BIOMED = "biomed";
    /** Enrolled and not there. */
    private static final int PUMPS = 250;

    @Inject
    DataSource source;

    @Inject
    LiveChannels live;

    @BeforeAll
    void enrolled() throws SQLException {
        AbsentPumps.enrol(source, PUMPS);
    }

    @AfterAll
    void gone() throws SQLException {
        sql("DELETE FROM enrolled_pump WHERE serial LIKE 'BB-%'");
    }

    private void sql(String text) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static void shows(Page page, int rows, String part) {
        assertThat(page.locator("#rows tr")).hasCount(rows);
        assertThat(page.locator("[data-part]")).hasText(part);
    }

    private static String first(Page page) {
        return page.locator("#rows tr th a").first().innerText();
    }

    @Test
    void it_is_read_page_by_page_and_the_address_says_what_is_shown() {
        var page = screens().shown(BIOMED, Chromium.DESK, "/fleet?q=bb-&sort=ASSET");
        shows(page, 100, "250 channels fit; 1 to 100 shown");
        assertThat(first(page)).isEqualTo("BB-00001/1");
        assertThat(page.locator("#sort")).hasValue("ASSET");

        page.getByText("Next channels").press("Enter");
        shows(page, 100, "250 channels fit; 101 to 200 shown");
        page.getByText("Next channels").click();

        shows(page, 50, "250 channels fit; 201 to 250 shown");
        assertThat(first(page)).isEqualTo("BB-00201/1");
        assertThat(page.getByText("Next channels")).hasCount(0);
        assertThat(page.url()).contains("q=bb-").contains("sort=ASSET").contains("from=200");
        assertThat(page.locator("#q")).hasValue("bb-");
        page.locator("#state").selectOption("RUNNING");
        page.getByText("Filter").click();
        assertThat(page.locator(".empty")).containsText("No channel is in this state");
    }

    @Test
    void a_page_of_it_fits_a_phone() {
        var page = screens().shown(BIOMED, Chromium.PHONE, "/fleet?q=BB-&from=100");

        shows(page, 100, "250 channels fit; 101 to 200 shown");
        assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                .isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        Chromium.picture(page, "fleet-large-" + Chromium.PHONE);
    }

    @Test
    void what_was_never_heard_says_since_when_it_was_tried_and_why_in_vain() {
        var page = screens().shown(BIOMED, Chromium.DESK, "/fleet?q=BB-00007");

        assertThat(page.locator("#ch-BB-00007-1")).containsText("Never heard");
        assertThat(page.locator("#ch-BB-00007-1")).containsText("nobody takes calls at its address");
        Chromium.picture(page, "fleet-never-heard-" + Chromium.DESK);
        page.locator("#ch-BB-00007-1 th a").click();
        assertThat(page.locator("[data-away]")).containsText("nobody takes calls at its address");
        assertThat(page.locator("main")).containsText("not since this server started");
    }

    @Test
    void a_page_changes_live_as_a_whole_would() throws SQLException {
        var page = screens().shown(BIOMED, Chromium.DESK, "/fleet?q=bb-&sort=ASSET");
        var last = page.locator("#ch-BB-00100-1");
        assertThat(last).hasCount(1);
        assertThat(page.locator("#ch-BB-00240-1")).hasCount(0);
        var next = screens().shown(BIOMED, Chromium.DESK, "/fleet?q=bb-&sort=ASSET&from=100");
        assertThat(next.locator("#rows tr").first()).hasAttribute("id", "ch-BB-00101-1");

        try {
            first("BB-00240");

            assertThat(page.locator("#rows tr").first()).hasAttribute("id", "ch-BB-00240-1");
            assertThat(last).hasCount(0);
            assertThat(page.locator("#rows tr")).hasCount(100);
            assertThat(next.locator("#rows tr").first()).hasAttribute("id", "ch-BB-00100-1");
            assertThat(next.locator("#rows tr")).hasCount(100);
        } finally {
            sql("UPDATE enrolled_pump SET asset_id = 'BIG00240' WHERE serial = 'BB-00240'");
        }
        assertThat(last).hasCount(1);
        assertThat(page.locator("#rows tr")).hasCount(100);
    }

    /** Between the page and its first live word, and after a broken line, rows come and go of which nobody told it. */
    @Test
    void what_left_a_page_while_it_was_not_live_does_not_stay_there() throws SQLException {
        var page = screens().chromium().signedIn(BIOMED, Chromium.DESK);
        var api = new Api(screens().stack());
        page.route(url -> url.contains("/fleet/live"), route -> {
            first("BB-00230");
            looked(api);
            route.resume();
        });
        try {
            page.navigate(screens().address("/fleet?q=bb-&sort=ASSET"));

            assertThat(page.locator("#rows tr").first()).hasAttribute("id", "ch-BB-00230-1");
            assertThat(page.locator("#ch-BB-00100-1")).hasCount(0);
            assertThat(page.locator("#rows tr")).hasCount(100);
        } finally {
            sql("UPDATE enrolled_pump SET asset_id = 'BIG00230' WHERE serial = 'BB-00230'");
            api.close();
        }
    }

    /** From now on nobody who watches is shown what was before. */
    private static void looked(Api api) {
        try {
            api.get(BIOMED, "/fleet").expect(200);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void first(String serial) {
        try {
            sql("UPDATE enrolled_pump SET asset_id = 'A first one' WHERE serial = '" + serial + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With so many pumps away, what is well stands on a later page, and comes to the first when it is not. */
    @Test
    void what_alarmed_and_was_lost_on_another_page_comes_first_here_and_is_said_at_once() {
        var page = screens().shown(BIOMED, Chromium.DESK, "/fleet?q=BB-");
        assertThat(page.locator("#ch-BB-00222-1")).hasCount(0);
        page.locator("#q").focus();

        var alarmed = new ChannelStatus(
                new ChannelId(new PumpSerial("BB-00222"), 1),
                ChannelState.ALARM,
                "DOPamine",
                new FlowRate(5_000),
                Volume.ZERO,
                Volume.ZERO,
                "",
                1,
                Instant.now());
        live.hear(new LiveChannels.Heard.Lost(alarmed, Instant.now(), "the line broke"));

        assertThat(page.locator("#rows tr").first()).hasAttribute("id", "ch-BB-00222-1");
        assertThat(page.locator("#alert")).containsText("BB-00222/1: no connection");
        assertThat(page.locator("#q")).isFocused();
        assertThat(page.locator("#rows tr")).hasCount(100);
    }
}
