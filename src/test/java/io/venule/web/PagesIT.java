package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.StackResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is true of every page, whoever looks at it: rows 1 to 20 of what users expect, as far as a browser can tell. */
@QuarkusTest
@WithTestResource(StackResource.class)
class PagesIT extends AtScreens {
    private static final List<String> WCAG =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /** Links inside a sentence are exempt from the target size. Source: WCAG 2.2, 2.5.8 "Inline". */
    private static final String SMALL_TARGETS = """
            least => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
              .filter(el => el.checkVisibility({ visibilityProperty: true }) && !el.classList.contains('skip'))
              .filter(el => !(getComputedStyle(el).display === 'inline' && el.closest('p, li, dd, td')))
              .map(el => [el, el.getBoundingClientRect()])
              .filter(([, box]) => Math.round(box.width) < least || Math.round(box.height) < least)
              .map(([el, box]) => el.outerHTML.slice(0, 120) + ' ' + Math.round(box.width) + '×' + Math.round(box.height))
            """;

    private static final String FOCUSED = """
            () => {
              const el = document.activeElement;
              if (!el || el === document.body) return 'end';
              const box = el.getBoundingClientRect();
              const style = getComputedStyle(el);
              const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
              const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
              const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 2);
              const top = document.elementFromPoint(x, y);
              const free = top && (el.contains(top) || top.contains(el) || el.labels && [...el.labels].some(l => l.contains(top)));
              return (shown ? '' : 'no outline ') + (free ? '' : 'covered ') + '@ ' + el.outerHTML.slice(0, 120);
            }
            """;

    private String order = "";

    @BeforeAll
    void open() throws IOException, InterruptedException {
        order = screens().ward().order();
    }

    @Test
    void no_page_has_an_accessibility_fault_in_the_light() {
        assertThat(faults(Chromium.wide(Chromium.DESK).setColorScheme(ColorScheme.LIGHT), PagesIT::axe))
                .isEmpty();
    }

    @Test
    void no_page_has_an_accessibility_fault_in_the_dark() {
        assertThat(faults(Chromium.wide(Chromium.PHONE).setColorScheme(ColorScheme.DARK), PagesIT::axe))
                .isEmpty();
    }

    @Test
    void nothing_scrolls_sideways_at_the_width_of_four_hundred_percent_zoom() {
        assertThat(faults(Chromium.wide(Chromium.NARROW), (visit, page) -> {
                    var width = ((Number) page.evaluate("() => document.documentElement.scrollWidth")).intValue();
                    return width > Chromium.NARROW ? List.of(visit + " is " + width + " px wide") : List.of();
                }))
                .isEmpty();
    }

    @Test
    void every_target_can_be_hit_and_those_on_a_handheld_with_a_thumb() {
        var desk = faults(Chromium.wide(Chromium.DESK), (visit, page) -> small(visit, page, 24));
        var hand = faults(
                Chromium.wide(Chromium.PHONE).setHasTouch(true).setIsMobile(true),
                (visit, page) -> small(visit, page, 44));

        assertThat(desk).isEmpty();
        assertThat(hand).isEmpty();
    }

    @Test
    void the_focus_is_seen_and_never_covered_on_its_way_through_a_page() {
        assertThat(faults(Chromium.wide(Chromium.DESK), PagesIT::walk)).isEmpty();
    }

    @Test
    void every_page_reads_the_same_without_script() {
        assertThat(faults(Chromium.wide(Chromium.DESK).setJavaScriptEnabled(false), (visit, page) -> {
                    var heading = page.locator("main h1");
                    return heading.count() == 1 && !heading.textContent().isBlank()
                            ? List.of()
                            : List.of(visit + " has no heading without script");
                }))
                .isEmpty();
    }

    @Test
    void every_state_is_a_word_and_a_shape_beside_its_colour() {
        assertThat(faults(Chromium.wide(Chromium.DESK), (visit, page) -> {
                    var bare = (List<?>) page.evaluate("() => [...document.querySelectorAll('td .tag, .verdict > h1')]"
                            + ".filter(el => !el.querySelector('svg') || !el.textContent.trim())"
                            + ".map(el => el.outerHTML.slice(0, 120))");
                    return bare.stream().map(tag -> visit + ": " + tag).toList();
                }))
                .isEmpty();
    }

    @Test
    void every_time_says_its_zone_and_its_exact_instant() {
        assertThat(faults(Chromium.wide(Chromium.DESK), (visit, page) -> {
                    var bare = (List<?>) page.evaluate("() => [...document.querySelectorAll('time')]"
                            + ".filter(el => !/Z$/.test(el.dateTime) || !/(UTC|[A-Z]{3,5}|Z)$/.test(el.textContent.trim()))"
                            + ".map(el => el.outerHTML.slice(0, 120))");
                    return bare.stream().map(tag -> visit + ": " + tag).toList();
                }))
                .isEmpty();
    }

    @Test
    void shortcuts_are_listed_by_a_question_mark_and_can_be_switched_off() {
        var page = screens().shown("biomed", Chromium.DESK, "/fleet");

        page.keyboard().press("?");
        assertThat(page.locator("#keys").isVisible()).isTrue();
        page.keyboard().press("Escape");
        page.keyboard().press("g");
        page.keyboard().press("l");
        page.waitForURL(screens().address("/library"));
        page.locator(".me summary").click();
        page.locator("button[name=shortcuts][value=off]").click();
        page.locator("html[data-keys=off]").waitFor();
        page.keyboard().press("?");

        assertThat(page.locator("#keys").isVisible()).isFalse();
    }

    /** A scanner's keys are kept from shortcuts; none of them is Escape. */
    @Test
    void keys_that_follow_escape_at_once_are_a_shortcut_and_no_scan() {
        var page = screens().shown("biomed", Chromium.DESK, "/fleet");
        page.locator("html[data-scanner=ready]").waitFor();

        page.evaluate(
                "() => ['?', 'Escape', 'g', 'l'].forEach("
                        + "key => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))");

        page.waitForURL(screens().address("/library"));
    }

    /** A scanner set to end with Tab, in a form that takes no scan of its own. */
    @Test
    void a_scan_into_a_field_where_no_scan_is_taken_goes_on_to_the_next_field() {
        var page = screens().shown("pharmacist", Chromium.DESK, "/labels");
        page.locator("html[data-scanner=ready]").waitFor();
        var field = page.locator("input[name=gtin]");
        field.focus();

        page.keyboard().type("09501101530003");
        page.keyboard().press("Tab");

        assertThat(field.inputValue()).isEqualTo("09501101530003");
        assertThat(field.evaluate("field => document.activeElement === field")).isEqualTo(false);
    }

    @Test
    void a_chosen_theme_is_kept() {
        var page = screens().shown("admin", Chromium.DESK, "/library");

        page.locator(".me summary").click();
        page.locator("button[name=theme][value=dark]").click();
        page.locator("html[data-theme=dark]").waitFor();
        page.navigate(screens().address("/fleet"));

        assertThat(page.locator("html").getAttribute("data-theme")).isEqualTo("dark");
    }

    @Test
    void what_is_printed_on_a_label_finds_its_thing() throws Exception {
        var page = screens().chromium().signedIn("biomed", Chromium.DESK);

        page.navigate(screens().address("/fleet"));
        Chromium.scan(page, screens().ward().tag(0, 1), Chromium.SLOW_KEY_MS);
        page.waitForURL(url -> url.contains("q="));
        assertThat(page.locator("#rows tr")).hasCount(1);
        page.navigate(screens().address("/fleet?q=A1002"));
        assertThat(page.locator("#rows tr")).hasCount(1);
        page.navigate(screens().address("/library"));
        Chromium.scan(page, screens().ward().bag("RX-1002"));
        page.waitForURL(url -> url.contains("q="));

        assertThat(page.locator("tbody th").first()).containsText("propofol");
        assertThat(page.locator("tbody th").allTextContents()).allMatch(drug -> drug.contains("propofol"));
    }

    @Test
    void a_page_that_is_not_there_or_not_ours_says_so_in_the_frame() {
        for (var path : List.of("/nowhere", "/audit", "/fleet/NO-00001", "/bedside/orders/" + "0".repeat(32))) {
            var page = screens().chromium().signedIn("nurse", Chromium.PHONE);

            var answer = Objects.requireNonNull(page.navigate(screens().address(path)));

            assertThat(answer.status()).as(path).isIn(403, 404);
            assertThat(page.locator("main h1").textContent()).as(path).isNotBlank();
            assertThat(page.locator("main").textContent()).as(path).contains("What to do");
            page.context().close();
        }
    }

    // Going through all pages -----------------------------------------------------------------------------

    /** What {@code check} finds on any page, and whatever the browser itself complains about. */
    private List<String> faults(
            com.microsoft.playwright.Browser.NewContextOptions options, BiFunction<Visit, Page, List<String>> check) {
        var faults = new ArrayList<String>();
        var users = Visit.all().stream().map(Visit::user).distinct().toList();
        for (var user : users) {
            var page = user.isEmpty()
                    ? screens().chromium().window(options)
                    : screens().chromium().signedIn(user, options);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    faults.add(page.url() + " console: " + message.text());
                }
            });
            page.onPageError(error -> faults.add(page.url() + " script: " + error));
            Visit.all().stream().filter(visit -> visit.user().equals(user)).forEach(visit -> {
                var answer = page.navigate(screens().address(path(visit)));
                if (answer == null || answer.status() != 200) {
                    faults.add(visit + " answered " + (answer == null ? "nothing" : answer.status()));
                } else {
                    faults.addAll(check.apply(visit, page));
                }
            });
            page.context().close();
        }
        return faults;
    }

    private static List<String> axe(Visit visit, Page page) {
        var dark = page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches");
        Chromium.picture(page, visit.name() + (Boolean.TRUE.equals(dark) ? "-phone-dark" : "-desk"));
        return new AxeBuilder(page)
                .setLegacyMode(true).withTags(WCAG).analyze().getViolations().stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> visit + ": " + rule.getId() + " " + node.getHtml() + " "
                                        + node.getFailureSummary()))
                        .toList();
    }

    private static List<String> small(Visit visit, Page page, int least) {
        return ((List<?>) page.evaluate(SMALL_TARGETS, least))
                .stream().map(target -> visit + ": " + target).toList();
    }

    private static List<String> walk(Visit visit, Page page) {
        var faults = new ArrayList<String>();
        for (int steps = 0; steps < 30; steps++) {
            page.keyboard().press("Tab");
            var seen = page.evaluate(FOCUSED).toString();
            if (seen.equals("end")) {
                break;
            }
            if (!seen.startsWith("@")) {
                faults.add(visit + ": " + seen);
            }
        }
        return faults;
    }

    private String path(Visit visit) {
        return visit.path().replace(Visit.ORDER, order);
    }
}
