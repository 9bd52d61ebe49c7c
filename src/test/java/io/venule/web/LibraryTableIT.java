package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.release.ActiveRelease;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entries of a release out of the server, through a spreadsheet, and back as a draft that is tried. EXPECTATIONS row 24. */
@QuarkusTest
@WithTestResource(StackResource.class)
class LibraryTableIT extends AtScreens {
    private static final String PHARMACIST = "pharmacist";
    private static final String WHAT_IF = "/api/v1/library/what-if";
    private static final String LIMITS =
            "\"Double Concentrated\",\"continuous\",\"ug/kg/min\",\"\",\"0.9\",\"20\",\"30\"";

    @Inject
    ActiveRelease inForce;

    private @Nullable Api api;

    @BeforeAll
    void open() {
        api = new Api(Objects.requireNonNull(stack));
    }

    @AfterAll
    void close() {
        api().close();
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }

    private String path() {
        return "/library/releases/" + inForce.version().sha256();
    }

    private String table() throws IOException, InterruptedException {
        return api().get(PHARMACIST, "/api/v1" + path() + "/table").expect(200).text();
    }

    /** As the table that was downloaded, but for what a pharmacist changed in it. */
    private String changed(String limits) throws IOException, InterruptedException {
        assertThat(table()).contains(LIMITS);
        return table().replace(LIMITS, limits);
    }

    private Page tried(int width, String table) {
        var page = screens().shown(PHARMACIST, width, "/library/what-if");
        page.locator("#draft").setInputFiles(new FilePayload("limits.csv", "text/csv", table.getBytes(UTF_8)));
        page.locator("main form button").click();
        page.waitForLoadState();
        return page;
    }

    private static void fits(Page page, String name, int width) {
        Chromium.picture(page, name + "-" + width);
        assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                .isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void a_release_is_taken_out_of_the_browser_as_a_table_and_whole() throws Exception {
        var page = screens().shown(PHARMACIST, Chromium.DESK, "/library/releases");
        var newest = page.locator("tbody tr").first();

        var table = page.waitForDownload(() -> newest.getByText("Table (CSV)").click());
        var whole = page.waitForDownload(() -> newest.getByText("Whole (JSON)").click());

        var name = "library-release-" + inForce.version().counter() + "-"
                + inForce.version().sha256().substring(0, 8);
        assertThat(table.suggestedFilename()).isEqualTo(name + ".csv");
        assertThat(Files.readString(table.path())).isEqualTo(table());
        assertThat(whole.suggestedFilename()).isEqualTo(name + ".json");
        assertThat(Files.readAllBytes(whole.path())).isEqualTo(inForce.release().canonicalBytes());
        assertThat(api().get("nurse", "/api/v1" + path() + "/table")
                        .expect(200)
                        .headers()
                        .get("content-type"))
                .startsWith("text/csv");
        assertThat(api().get(PHARMACIST, "/api/v1/library/releases/" + "0".repeat(64) + "/table")
                        .problem())
                .isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(ints = {Chromium.DESK, Chromium.PHONE, Chromium.NARROW})
    void a_limit_that_was_changed_in_the_table_is_told_as_a_difference(int width) throws Exception {
        var page = tried(width, changed(LIMITS.replace("\"30\"", "\"40\"")));

        assertThat(page.locator("main")).containsText("The one difference may permit what was not permitted before.");
        assertThat(page.locator("[aria-label='Flagged differences']"))
                .containsText("dopamine/adult-icu/double-concentrated");
        assertThat(page.locator("main"))
                .containsText("Release " + (inForce.version().counter() + 1));
        fits(page, "table-changed", width);
    }

    @ParameterizedTest
    @ValueSource(ints = {Chromium.DESK, Chromium.PHONE, Chromium.NARROW})
    void every_fault_of_a_table_stands_with_its_row_and_column(int width) throws Exception {
        var page = tried(width, changed(LIMITS.replace("0.9", "0,9")).replaceFirst("\"published\"", "\"guessed\""));

        assertThat(page.locator("[data-faults]")).containsText("2 faults");
        assertThat(page.locator("[data-faults] li").nth(0)).containsText("table, row 2, basis: unknown basis guessed");
        assertThat(page.locator("[data-faults] li").nth(1)).containsText("doseSoftLow: \"0,9\" has a decimal comma");
        fits(page, "table-faulty", width);
    }

    @Test
    void of_very_many_faults_the_page_names_the_first_and_says_how_many_there_are() throws Exception {
        var rows = table().replace("\r\n\"", "\r\n\"nodrug-");

        var page = tried(Chromium.PHONE, rows);

        var all = inForce.release().library().entries().size();
        assertThat(page.locator("[data-faults]")).containsText(all + " faults, the first 100:");
        assertThat(page.locator("[data-faults] li")).hasCount(100);
    }

    @Test
    void programs_try_a_table_too() throws Exception {
        var same = api().postFile(PHARMACIST, WHAT_IF, "text/csv", table().getBytes(UTF_8));
        assertThat(same.expect(200).json().path("changes").path("flagged").asInt())
                .isZero();

        var faulty = api().postFile(
                        PHARMACIST,
                        WHAT_IF,
                        "text/csv",
                        changed(LIMITS.replace("0.9", "0,9")).getBytes(UTF_8));

        assertThat(faulty.problem()).isEqualTo("faulty-library");
        var fault = faulty.json().path("libraryFaults").path(0);
        assertThat(fault.path("entry").asText()).startsWith("row ");
        assertThat(fault.path("member").asText()).isEqualTo("doseSoftLow");
    }
}
