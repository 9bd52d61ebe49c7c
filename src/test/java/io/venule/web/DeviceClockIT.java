package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.StackResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How old something looks does not depend on the clock of the device that shows it: row 18 of what users expect. T-50. */
@QuarkusTest
@WithTestResource(StackResource.class)
class DeviceClockIT extends AtScreens {
    private static final Pattern AGE = Pattern.compile("(\\d+)\u00a0(s|min|h) ago");
    private static final Duration SHIFT = Duration.ofHours(5);

    @Test
    void a_device_that_is_hours_fast_or_slow_shows_the_same_ages() throws Exception {
        var page = timeline();
        var hours = Duration.ofHours(age(page));

        page.clock().setFixedTime(Date.from(Instant.now().plus(SHIFT)));
        page.reload();
        assertThat(Duration.ofHours(age(page))).isEqualTo(hours);
        page.clock().setFixedTime(Date.from(Instant.now().minus(SHIFT)));
        page.reload();
        assertThat(Duration.ofHours(age(page))).isEqualTo(hours);
    }

    @Test
    void a_clock_that_is_set_back_under_an_open_page_makes_nothing_look_fresher() throws Exception {
        var page = timeline();
        var oldest = page.locator("[data-ago]").first();
        var before = seconds(oldest);

        page.clock().setFixedTime(Date.from(Instant.now().minus(SHIFT)));

        await().pollInSameThread().during(Duration.ofSeconds(3)).until(() -> seconds(oldest) >= before);
    }

    @Test
    void a_clock_that_jumps_ahead_under_an_open_page_makes_things_look_older_never_fresher() throws Exception {
        var page = timeline();

        page.clock().setFixedTime(Date.from(Instant.now().plus(SHIFT)));

        assertThat(page.locator("[data-ago]").last()).containsText("5\u00a0h ago");
    }

    @Test
    void rows_that_hear_nothing_are_marked_as_stale_and_no_more_when_they_hear_again() {
        var board = screens().shown("biomed", Chromium.DESK, "/fleet");
        assertThat(board.locator("#rows tr").first()).isVisible();

        board.context().setOffline(true);
        assertThat(board.locator(".stale").first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(6_000));
        board.context().setOffline(false);

        assertThat(board.locator(".stale")).hasCount(0);
    }

    private Page timeline() throws Exception {
        var page = screens()
                .shown(
                        "auditor",
                        Chromium.DESK,
                        "/audit/orders/" + screens().ward().order());
        assertThat(page.locator("[data-ago]").last()).containsText("ago");
        return page;
    }

    /** Whole hours that the newest line says; 0 for minutes and seconds. */
    private static long age(Page page) {
        return seconds(page.locator("[data-ago]").last()) / 3600;
    }

    /** How long ago a line says it was; what lies ahead is a fault. */
    private static long seconds(Locator line) {
        var said = Objects.requireNonNull(line.textContent());
        var parts = AGE.matcher(said);
        assertThat(parts.matches()).as(said).isTrue();
        return Long.parseLong(parts.group(1))
                * (parts.group(2).equals("h") ? 3600 : parts.group(2).equals("min") ? 60 : 1);
    }
}
