package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.StackResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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

    private static final String BARE_STATES = """
            () => [...document.querySelectorAll('td .tag, .verdict > h1')]
              .filter(el => !el.querySelector('svg') || !el.textContent.trim())
              .map(el => el.outerHTML.slice(0, 120))
            """;

    private static final String BARE_TIMES = """
            () => [...document.querySelectorAll('time')]
              .filter(el => !/Z$/.test(el.dateTime) || !/(UTC|[A-Z]{3,5}|Z)$/.test(el.textContent.trim()))
              .map(el => el.outerHTML.slice(0, 120))
            """;

    private static final String TOO_WIDE = """
            most => document.documentElement.scrollWidth > most ? ['is ' + document.documentElement.scrollWidth + ' px wide'] : []
            """;

    private final Map<Window, Walk> walks = new EnumMap<>(Window.class);
    private String order = "";

    @BeforeAll
    void open() throws IOException, InterruptedException {
        order = screens().ward().order();
    }

    @Test
    void no_page_has_an_accessibility_fault_in_the_light() {
        assertThat(at(Window.DESK, Check.ACCESSIBLE)).isEmpty();
    }

    @Test
    void no_page_has_an_accessibility_fault_in_the_dark() {
        assertThat(at(Window.PHONE_IN_THE_DARK, Check.ACCESSIBLE)).isEmpty();
    }

    @Test
    void nothing_scrolls_sideways_at_the_width_of_four_hundred_percent_zoom() {
        assertThat(at(Window.ZOOMED, Check.NARROW)).isEmpty();
    }

    @Test
    void every_target_can_be_hit_and_those_on_a_handheld_with_a_thumb() {
        assertThat(at(Window.DESK, Check.TARGETS_OF_24)).isEmpty();
        assertThat(at(Window.PHONE_IN_THE_DARK, Check.TARGETS_OF_44)).isEmpty();
    }

    @Test
    void the_focus_is_seen_and_never_covered_on_its_way_through_a_page() {
        assertThat(at(Window.DESK, Check.FOCUS)).isEmpty();
    }

    @Test
    void every_page_reads_the_same_without_script() {
        assertThat(at(Window.WITHOUT_SCRIPT, Check.HEADING)).isEmpty();
    }

    @Test
    void every_state_is_a_word_and_a_shape_beside_its_colour() {
        assertThat(at(Window.DESK, Check.STATES)).isEmpty();
    }

    @Test
    void every_time_says_its_zone_and_its_exact_instant() {
        assertThat(at(Window.DESK, Check.TIMES)).isEmpty();
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

    /** A window that all pages are looked at in, once for everything that is looked for there. */
    private enum Window {
        DESK,
        PHONE_IN_THE_DARK,
        ZOOMED,
        WITHOUT_SCRIPT;

        /** In this order; what moves the focus comes last. */
        List<Check> checks() {
            return switch (this) {
                case DESK -> List.of(Check.ACCESSIBLE, Check.TARGETS_OF_24, Check.STATES, Check.TIMES, Check.FOCUS);
                case PHONE_IN_THE_DARK -> List.of(Check.ACCESSIBLE, Check.TARGETS_OF_44);
                case ZOOMED -> List.of(Check.NARROW);
                case WITHOUT_SCRIPT -> List.of(Check.HEADING);
            };
        }

        NewContextOptions options() {
            return switch (this) {
                case DESK -> Chromium.wide(Chromium.DESK).setColorScheme(ColorScheme.LIGHT);
                case PHONE_IN_THE_DARK ->
                    Chromium.wide(Chromium.PHONE)
                            .setHasTouch(true)
                            .setIsMobile(true)
                            .setColorScheme(ColorScheme.DARK);
                case ZOOMED -> Chromium.wide(Chromium.NARROW);
                case WITHOUT_SCRIPT -> Chromium.wide(Chromium.DESK).setJavaScriptEnabled(false);
            };
        }
    }

    /** What is looked for on a page. */
    private enum Check {
        ACCESSIBLE,
        TARGETS_OF_24,
        TARGETS_OF_44,
        STATES,
        TIMES,
        FOCUS,
        NARROW,
        HEADING;

        List<String> faults(Visit visit, Page page) {
            return switch (this) {
                case ACCESSIBLE -> axe(visit, page);
                case TARGETS_OF_24 -> found(visit, page, SMALL_TARGETS, 24);
                case TARGETS_OF_44 -> found(visit, page, SMALL_TARGETS, 44);
                case STATES -> found(visit, page, BARE_STATES, 0);
                case TIMES -> found(visit, page, BARE_TIMES, 0);
                case FOCUS -> walk(visit, page);
                case NARROW -> found(visit, page, TOO_WIDE, Chromium.NARROW);
                case HEADING -> heading(visit, page);
            };
        }
    }

    /** What the check finds on any page in this window, and whatever the browser itself complains about there. */
    private List<String> at(Window window, Check check) {
        var seen = walks.computeIfAbsent(window, this::walk);
        return Stream.concat(Objects.requireNonNull(seen.found().get(check)).stream(), seen.complaints().stream())
                .toList();
    }

    /** What one walk through all pages came upon. */
    private record Walk(Map<Check, List<String>> found, List<String> complaints) {}

    private Walk walk(Window window) {
        var walk = new Walk(new EnumMap<>(Check.class), new ArrayList<>());
        window.checks().forEach(check -> walk.found().put(check, new ArrayList<>()));
        var users = Visit.all().stream().map(Visit::user).distinct().toList();
        for (var user : users) {
            var page = user.isEmpty()
                    ? screens().chromium().window(window.options())
                    : screens().chromium().signedIn(user, window.options());
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    walk.complaints().add(page.url() + " console: " + message.text());
                }
            });
            page.onPageError(error -> walk.complaints().add(page.url() + " script: " + error));
            Visit.all().stream().filter(visit -> visit.user().equals(user)).forEach(visit -> {
                var answer = page.navigate(screens().address(path(visit)));
                if (answer == null || answer.status() != 200) {
                    walk.complaints().add(visit + " answered " + (answer == null ? "nothing" : answer.status()));
                } else {
                    window.checks()
                            .forEach(
                                    check -> Objects.requireNonNull(walk.found().get(check))
                                            .addAll(check.faults(visit, page)));
                }
            });
            page.context().close();
        }
        return walk;
    }

    private static List<String> axe(Visit visit, Page page) {
        var dark = page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches");
        Chromium.picture(page, visit.name() + (Boolean.TRUE.equals(dark) ? "-phone-dark" : "-desk"));
        var faultsOnly = new AxeRunOptions();
        faultsOnly.setResultTypes(List.of("violations"));
        return new AxeBuilder(page)
                .setLegacyMode(true).options(faultsOnly).withTags(WCAG).analyze().getViolations().stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> visit + ": " + rule.getId() + " " + node.getHtml() + " "
                                        + node.getFailureSummary()))
                        .toList();
    }

    private static List<String> found(Visit visit, Page page, String script, int bound) {
        return ((List<?>) page.evaluate(script, bound))
                .stream().map(fault -> visit + ": " + fault).toList();
    }

    private static List<String> heading(Visit visit, Page page) {
        var heading = page.locator("main h1");
        return heading.count() == 1 && !heading.textContent().isBlank()
                ? List.of()
                : List.of(visit + " has no heading without script");
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
