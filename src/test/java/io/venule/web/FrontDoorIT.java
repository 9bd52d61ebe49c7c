package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Coming in, being refused and leaving, as a browser meets them. */
@QuarkusTest
@WithTestResource(StackResource.class)
class FrontDoorIT {
    @Nullable
    VenuleStack stack;

    private @Nullable Chromium held;

    @BeforeEach
    void open() {
        held = Chromium.before(Objects.requireNonNull(stack));
    }

    @AfterEach
    void close() {
        chromium().closeWindows();
    }

    @Test
    void whoever_is_not_signed_in_is_sent_to_sign_in_and_comes_back_to_where_they_wanted() {
        var page = chromium().window(Chromium.wide(Chromium.DESK));

        page.navigate(chromium().address("/library?q=heparin"));
        page.locator("#username").fill("auditor");
        page.locator("#password").fill(password("auditor"));
        page.locator("#kc-login").click();

        page.waitForURL(url -> url.endsWith("/library?q=heparin"));
        assertThat(page.locator("main h1")).isVisible();
    }

    @Test
    void an_address_that_leads_to_nothing_is_a_page_with_a_way_home() {
        var stranger = chromium().window(Chromium.wide(Chromium.PHONE));
        var nurse = chromium().signedIn("nurse", Chromium.PHONE);

        var unknown = Objects.requireNonNull(stranger.navigate(chromium().address("/nothing-here")));
        nurse.navigate(chromium().address("/nothing-here"));

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(stranger.locator("main h1")).containsText("Not found");
        assertThat(nurse.locator("main h1")).containsText("Not found");
        assertThat(nurse.locator(".me-name")).containsText("Nora Demo");
        nurse.locator("main a", new com.microsoft.playwright.Page.LocatorOptions().setHasText("Home"))
                .click();
        assertThat(nurse).hasURL(chromium().address("/"));
    }

    @Test
    void a_page_for_another_role_says_so_in_the_frame_and_what_to_do() {
        var nurse = chromium().signedIn("nurse", Chromium.DESK);

        var refused = Objects.requireNonNull(nurse.navigate(chromium().address("/audit")));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(nurse.locator("main h1")).containsText("Not for your role");
        assertThat(nurse.locator("main")).containsText("What to do:");
        assertThat(nurse.locator("nav.places a")).not().hasCount(0);
        Chromium.picture(nurse, "refused");
    }

    @Test
    void signing_out_ends_the_session_and_signing_out_twice_is_no_error() {
        var nurse = chromium().signedIn("nurse", Chromium.DESK);

        chromium().forget("nurse");
        nurse.navigate(chromium().address("/sign-out"));
        assertThat(nurse).hasURL(Pattern.compile(".*/signed-out(\\?state=.*)?"));
        nurse.navigate(chromium().address("/sign-out"));

        assertThat(nurse).hasURL(chromium().address("/signed-out"));
        nurse.navigate(chromium().address("/fleet"));
        assertThat(nurse.locator("#username")).isVisible();
    }

    @Test
    void the_page_of_the_api_s_description_works_under_its_policy() {
        var page = chromium().window(Chromium.wide(Chromium.DESK));
        List<String> errors = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);

        page.navigate(chromium().address("/q/swagger-ui"));

        assertThat(page.locator(".opblock").first()).isVisible();
        page.locator(".opblock-summary").first().click();
        assertThat(page.locator(".opblock.is-open .responses-wrapper").first()).isVisible();
        assertThat(errors).isEmpty();
        Chromium.picture(page, "api");
    }

    private String password(String user) {
        return Objects.requireNonNull(stack).keycloak().realm().user(user).password();
    }

    private Chromium chromium() {
        return Objects.requireNonNull(held);
    }
}
