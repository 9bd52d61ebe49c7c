package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.release.ActiveRelease;
import io.venule.release.LibraryReading;
import io.venule.release.LibraryReleases;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.LibraryReleases.Since;
import io.venule.release.LibraryText;
import io.venule.release.Release;
import io.venule.signing.Digest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which releases were the active ones, and what changed, side by side. EXPECTATIONS rows 14, 20 and 22. */
@QuarkusTest
@WithTestResource(StackResource.class)
class LibraryChangesIT extends AtScreens {
    private static final String UNKNOWN = "0".repeat(64);
    private static final List<String> SIGNERS = List.of("training-pharmacist-1", "training-pharmacist-2");

    @Inject
    LibraryReleases releases;

    @Inject
    ActiveRelease inForce;

    private @Nullable Api api;

    /** Another release was the active one for a while, and then the shipped one came back. */
    @BeforeAll
    void activate() {
        api = new Api(Objects.requireNonNull(stack));
        activate(changed());
        activate(inForce.release());
    }

    @AfterAll
    void close() {
        api().close();
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }

    private void activate(Release release) {
        var at = Instant.now();
        releases.activate(
                new Signed(release, List.of("a.b.c", "d.e.f"), SIGNERS),
                () -> new Since(
                        at,
                        List.of(AuditEntry.bySystem(AuditKind.LIBRARY_ACTIVATED, at)
                                .under(
                                        release.version().counter(),
                                        new Digest(release.version().sha256()))
                                .with("signers", SIGNERS)
                                .with("before", 1L))));
    }

    private Release changed() {
        return release(
                "\"library\":{\"counter\":1,", "\"library\":{\"counter\":2,",
                "\"drug\":\"dopamine\",\"gtin\":\"02000000001043\"",
                        "\"drug\":\"dobutamine\",\"gtin\":\"02000000001043\"",
                "\"NICU\",\"rate\":{\"hardHigh\":\"25\"", "\"NICU\",\"rate\":{\"hardHigh\":\"30\"",
                "\"hardHigh\":\"62\",\"softLow\":\"24\"", "\"softLow\":\"24\"",
                "heparin/ed/25000unit-500ml", "heparin/ed/premix",
                "\"softLow\":\"2.67\"", "\"softLow\":\"3\"");
    }

    /** The shipped one with each text replaced by the next; each must be there once. */
    private Release release(String... changes) {
        var text = new String(inForce.release().canonicalBytes(), UTF_8);
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text.split(Pattern.quote(changes[i]), -1)).as(changes[i]).hasSize(2);
            text = text.replace(changes[i], changes[i + 1]);
        }
        return switch (LibraryText.readRelease(text.getBytes(UTF_8))) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults.toString());
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {Chromium.DESK, Chromium.PHONE, Chromium.NARROW})
    void every_kept_release_stands_with_its_signers_and_a_way_to_what_changed(int width) {
        var page = screens().shown("nurse", width, "/library");
        page.getByText("All releases and what changed").click();
        page.waitForURL(screens().address("/library/releases"));

        var rows = page.locator("tbody tr");
        assertThat(rows.nth(0)).containsText("Release 1");
        assertThat(rows.nth(0).locator(".tag.good")).hasText("Active");
        assertThat(rows.nth(1)).containsText("Release 2");
        assertThat(rows.nth(1).locator(".tag.good")).hasCount(0);
        assertThat(rows.nth(1)).containsText(SIGNERS.getFirst());
        assertThat(rows.nth(1)).containsText(changed().version().sha256());
        assertThat(rows.nth(1).locator("time")).containsText("UTC");
        assertThat(rows.last()).containsText("the first that was kept");
        fits(page, "library-releases", width);
        rows.nth(1).getByText("What changed").click();
        assertThat(page.locator("h1")).hasText("What changed");
    }

    @ParameterizedTest
    @ValueSource(ints = {Chromium.DESK, Chromium.PHONE, Chromium.NARROW})
    void what_changed_stands_side_by_side_the_gravest_first(int width) {
        var page = screens().shown("pharmacist", width, changes(inForce.release(), changed()));

        assertThat(page.locator(".note.warn"))
                .containsText("4 of 6 differences may permit what was not permitted before.");
        var flagged = page.locator("[aria-label='Flagged differences'] tbody tr");
        assertThat(flagged.nth(0)).containsText("02000000001043");
        assertThat(flagged.nth(0).locator(".tag.bad")).hasText("Another drug");
        assertThat(flagged.nth(0).locator(".tag.bad svg")).hasCount(1);
        assertThat(flagged.nth(0).locator("[data-head=Old]")).hasText("dopamine");
        assertThat(flagged.nth(0).locator("[data-head=New]")).hasText("dobutamine");
        assertThat(flagged.nth(2)).containsText("62 unit/kg");
        assertThat(flagged.nth(2)).containsText("no limit");
        assertThat(flagged.nth(3)).containsText("not there");
        assertThat(flagged.nth(3)).containsText("Bag: 25,000 unit in 500 mL");
        var others = page.locator("[aria-label='Other differences'] tbody tr");
        assertThat(others.nth(0).locator(".tag")).hasText("Removed");
        assertThat(others.nth(1).locator(".tag")).hasText("Narrowed");
        assertThat(page.locator("[data-unchanged]")).containsText(" care areas, ");
        fits(page, "library-changes", width);
    }

    /** The page stands still here, as it does while a server judges many orders; a browser that leaves it cannot be asked what it shows. */
    @Test
    void who_tries_a_draft_sees_at_once_that_it_is_being_judged() {
        var page = screens().shown("pharmacist", Chromium.PHONE, "/library/what-if");
        assertThat(page.locator("[data-meanwhile]")).isHidden();
        page.locator("#draft").setInputFiles(new FilePayload("draft.json", "application/json", new byte[1]));
        page.evaluate("() => addEventListener('submit', (event) => event.preventDefault())");

        page.locator("main form button").click();

        assertThat(page.locator("[data-meanwhile]")).isVisible();
        assertThat(page.locator("main form button")).hasAttribute("aria-disabled", "true");
        Chromium.picture(page, "what-if-judging");
    }

    /** WCAG by axe, and nothing to be pushed sideways to. */
    private static void fits(Page page, String name, int width) {
        Chromium.picture(page, name + "-" + width);
        assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                .isEmpty();
        if (width != Chromium.DESK) {
            assertThat(
                            page.evaluate(
                                    "() => document.documentElement.scrollWidth <= innerWidth"
                                            + " && [...document.querySelectorAll('.scroll')].every(box => box.scrollWidth <= box.clientWidth + 1)"))
                    .isEqualTo(true);
        }
    }

    @Test
    void nothing_and_little_that_changed_is_said_in_words() {
        var again = release("\"library\":{\"counter\":1,", "\"library\":{\"counter\":3,");
        activate(again);
        activate(inForce.release());

        assertThat(screens()
                        .shown("auditor", Chromium.PHONE, changes(inForce.release(), inForce.release()))
                        .locator(".empty"))
                .containsText("Old and new are the same release, byte for byte.");
        assertThat(screens()
                        .shown("auditor", Chromium.PHONE, changes(inForce.release(), again))
                        .locator(".empty"))
                .containsText("The two releases permit and mean the same.");
        var first = screens()
                .shown(
                        "biomed",
                        Chromium.PHONE,
                        "/library/changes?to=" + inForce.release().version().sha256());
        assertThat(first.locator(".empty")).containsText("Before the first release that was kept there is none.");
        Chromium.picture(first, "library-first-390");
        assertThat(screens()
                        .shown("biomed", Chromium.PHONE, "/library/releases?before=1")
                        .locator(".empty"))
                .containsText("There is none before this one.");
        assertThat(screens()
                        .shown("nurse", Chromium.PHONE, changes(changed(), inForce.release()))
                        .locator(".note.warn"))
                .containsText("3 of 6 differences");
    }

    private static String changes(Release before, Release after) {
        return "/library/changes?from=" + before.version().sha256() + "&to="
                + after.version().sha256();
    }

    @Test
    void programs_get_the_same_and_the_exact_bytes() throws Exception {
        var kept = api().get("auditor", "/api/v1/library/releases").expect(200).json();
        assertThat(kept.path(1).path("number").asLong())
                .isEqualTo(kept.path(0).path("number").asLong() - 1);
        assertThat(kept.findValuesAsText("sha256"))
                .contains(
                        inForce.release().version().sha256(),
                        changed().version().sha256());
        var first = kept.path(kept.size() - 1);
        assertThat(first.path("activated").asText()).matches("20..-..-..T.*Z");
        assertThat(api().get("auditor", "/api/v1/library/releases?before=2")
                        .expect(200)
                        .json())
                .containsExactly(first);

        var changes = api().get("nurse", "/api/v1" + changes(inForce.release(), changed()))
                .expect(200)
                .json();
        assertThat(changes.path("flagged").asInt()).isEqualTo(4);
        assertThat(changes.path("parts")
                        .path(4)
                        .path("differences")
                        .path(0)
                        .path("rows")
                        .path(0)
                        .path("flag")
                        .asText())
                .isEqualTo("another drug");

        var bytes = api().get(
                        "biomed",
                        "/api/v1/library/releases/"
                                + inForce.release().version().sha256())
                .expect(200);
        assertThat(bytes.body().bytes()).isEqualTo(inForce.release().canonicalBytes());
        assertThat(bytes.headers().get("content-type")).startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/library/releases/0000000000000000000000000000000000000000000000000000000000000000",
                "/api/v1/library/releases/nonsense",
                "/api/v1/library/changes",
                "/api/v1/library/changes?from=%27&to=%27"
            })
    void an_unknown_hash_is_answered_with_the_typed_problem(String path) throws Exception {
        assertThat(api().get("pharmacist", path).expect(404).problem()).isEqualTo("not-found");
        assertThat(api().get(
                                "pharmacist",
                                "/api/v1/library/changes?from="
                                        + inForce.release().version().sha256() + "&to=" + UNKNOWN)
                        .expect(404)
                        .problem())
                .isEqualTo("not-found");
    }
}
