package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.stack.StackResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The auditor's page as an auditor uses it, on a phone too and without script; the browser believes no proof that does not hold. */
@QuarkusTest
@WithTestResource(StackResource.class)
class AuditPageIT extends AtScreens {
    /** What reaches beyond the window and is not inside something that scrolls by itself. */
    private static final String TOO_WIDE = """
            () => [...document.querySelectorAll('body *')]
              .filter(el => el.checkVisibility() && !el.closest('.scroll') && el.getBoundingClientRect().right > innerWidth + 1)
              .map(el => Math.round(el.getBoundingClientRect().right) + ' ' + el.outerHTML.slice(0, 120))
            """;

    @Inject
    AuditLog log;

    private String order = "";

    @BeforeAll
    void open() throws IOException, InterruptedException {
        order = screens().ward().order();
    }

    @Test
    void an_infusion_is_found_on_a_phone_without_script() throws IOException, InterruptedException {
        // Signing in needs the session, not the script.
        signedIn(Chromium.PHONE);
        var page = screens()
                .chromium()
                .signedIn("auditor", Chromium.wide(Chromium.PHONE).setJavaScriptEnabled(false));
        page.navigate(screens().address("/audit"));

        page.locator("#drug").fill("norepi");
        page.locator("#kind").selectOption("ORDER_APPROVED");
        page.locator("#from").fill("2026-01-01T00:00");
        page.locator("form[role=search] button").click();

        assertThat(page.url()).contains("drug=norepi").contains("kind=ORDER_APPROVED");
        assertThat(page.locator("tbody tr").count()).isPositive();
        assertThat(page.locator("tbody a[href='/audit/orders/" + order + "']").count())
                .isPositive();
        assertThat((List<?>) page.evaluate(TOO_WIDE)).isEmpty();
        page.locator("details", new Page.LocatorOptions().setHasText("Search by patient"))
                .locator("summary")
                .click();
        page.locator("#wristband").fill(screens().ward().band("RX-1005"));
        page.locator("form[action='/audit/patient'] button").click();
        page.waitForURL(Pattern.compile(".*/audit\\?patient=[0-9a-f]{64}$"));
        assertThat(page.locator("tbody a[href='/audit/orders/" + order + "']").count())
                .isPositive();
        page.context().close();
    }

    @Test
    void what_cannot_be_searched_is_said_above_the_form_which_keeps_what_was_typed() {
        var page = signedIn(Chromium.PHONE);

        var answer = Objects.requireNonNull(page.navigate(screens().address("/audit?from=yesterday&drug=hepa")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(page.locator("main [role=alert]").textContent()).contains("“From” is no date and time");
        assertThat(page.locator("#drug").inputValue()).isEqualTo("hepa");
        assertThat(page.locator("tbody").count()).isZero();
        page.navigate(screens().address("/audit?drug=nothing-like-it"));
        assertThat(page.locator("main .empty").textContent()).contains("Nothing in the log fits all of this");
        page.context().close();
    }

    @Test
    void every_entry_of_a_timeline_is_verified_by_a_press() {
        var page = signedIn(Chromium.DESK);
        page.navigate(screens().address("/audit/orders/" + order));
        var approval = page.locator(".timeline li").first();
        Awaitility.await()
                .until(() -> log.checkpoint().orElseThrow().head().size()
                        >= log.ofOrder(order).getLast().index());

        approval.locator("[data-verify-entry]").click();

        assertThat(said(approval.locator(".when").locator("[role=status]")))
                .startsWith("✓ Holds")
                .contains("checked the signature");
        page.navigate(screens().address("/audit/entries/0"));
        page.locator("[data-verify]").click();
        assertThat(said(page.locator("[data-verdict]"))).startsWith("✓ Holds");
        Chromium.picture(page, "auditor-entry-verified");
        page.context().close();
    }

    /** Threat T-48: in the browser too. */
    @Test
    void a_changed_entry_path_root_signature_or_key_is_not_believed() {
        var letter = Pattern.compile("(— [^ ]+ .{40})(.)");

        assertThat(verdictOn(proof -> proof)).startsWith("✓ Holds");
        assertThat(verdictOn(proof -> proof.replaceFirst("\\\\\"actor\\\\\":\\\\\"", "\\\\\"actor\\\\\":\\\\\"x")))
                .contains("not in the signed log");
        assertThat(verdictOn(proof -> proof.replaceFirst("\"index\":0", "\"index\":1")))
                .contains("not in the signed log");
        assertThat(verdictOn(proof -> proof.replaceFirst("\"size\":[0-9]+", "\"size\":1")))
                .contains("not in the signed log");
        assertThat(verdictOn(proof -> letter.matcher(proof)
                        .replaceFirst(found -> found.group(1) + (found.group(2).equals("A") ? "B" : "A"))))
                .contains("did not sign this checkpoint");
        assertThat(verdictOn(proof -> proof.replaceFirst("(\"key\":\"[^\"]*\\+)[0-9a-f]{8}\\+", "$100000000+")))
                .contains("did not sign this checkpoint");
    }

    @Test
    void a_key_that_changed_since_this_browser_saw_it_first_is_said() {
        var page = signedIn(Chromium.DESK);
        page.navigate(screens().address("/audit/entries/0"));
        page.evaluate("() => localStorage.setItem('venule-log-key', 'venule.test/log+00000000+AAAA')");

        page.locator("[data-verify]").click();

        assertThat(said(page.locator("[data-verdict]"))).contains("under another key than this browser saw first");
        page.context().close();
    }

    @Test
    void a_download_from_the_page_leaves_its_trace() {
        var page = signedIn(Chromium.DESK);
        page.navigate(screens().address("/audit?q=" + order));
        var before = log.head().size();

        page.locator("details", new Page.LocatorOptions().setHasText("Take it along"))
                .locator("summary")
                .click();
        var download = page.waitForDownload(
                () -> page.getByText("What was found, as CSV").click());

        assertThat(download.suggestedFilename()).isEqualTo("venule-audit.csv");
        assertThat(log.entry(before).orElseThrow().entry().kind()).isEqualTo(AuditKind.EXPORT);
        page.context().close();
    }

    /** What the page says of entry 0 when what the server answered was changed on its way. */
    private String verdictOn(UnaryOperator<String> change) {
        var page = signedIn(Chromium.DESK);
        page.route("**/audit/entries/0/proof", route -> {
            var answer = route.fetch();
            route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(change.apply(answer.text())));
        });
        page.navigate(screens().address("/audit?before=1"));
        var cell = page.locator("tbody tr").first().locator("td").last();
        cell.locator("[data-verify-entry]").click();
        var said = said(cell.locator("[role=status]"));
        page.context().close();
        return said;
    }

    private static String said(com.microsoft.playwright.Locator verdict) {
        Awaitility.await()
                .until(() -> !verdict.textContent().isBlank()
                        && !verdict.textContent().equals("Verifying"));
        return verdict.textContent();
    }

    private Page signedIn(int width) {
        return screens().chromium().signedIn("auditor", width);
    }
}
