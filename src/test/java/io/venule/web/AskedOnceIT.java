package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.StackResource;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing that was scanned is asked again, and signing in tests nobody's memory: row 13 of what users expect. Source: WCAG 2.2, 3.3.7 and 3.3.8. */
@QuarkusTest
@WithTestResource(StackResource.class)
class AskedOnceIT extends AtScreens {
    private static final String HELD = "nothing that was scanned is lost";

    @Test
    void each_scan_is_asked_for_once_also_after_a_wrong_one_and_after_a_reload() throws Exception {
        var nurse = screens().shown("nurse", Chromium.PHONE, "/bedside");

        Chromium.scan(nurse, screens().ward().band("RX-1012"));
        assertThat(nurse.locator("main h1")).containsText("Scan the bag");
        var wristband = held(nurse, "wristband");
        assertThat(wristband).as(HELD).isNotEmpty();
        Chromium.scan(nurse, "(8017)" + screens().badge("nurse"));
        assertThat(nurse.locator(".note.bad")).containsText("This is a staff badge.");
        assertThat(nurse.locator("main h1")).containsText("Scan the bag");
        assertThat(held(nurse, "wristband")).as(HELD).isEqualTo(wristband);
        Chromium.scan(nurse, screens().ward().bag("RX-1012"));
        assertThat(nurse.locator("main h1")).containsText("Scan the tag");

        assertThat(held(nurse, "wristband")).as(HELD).isEqualTo(wristband);
        assertThat(held(nurse, "bag")).as(HELD).isNotEmpty();
        assertThat(nurse.locator("main form input:not([type=hidden]):not([type=file])"))
                .hasCount(1);
    }

    @Test
    void the_sign_in_takes_a_pasted_password_and_names_its_fields_for_a_password_keeper() {
        var page = screens().chromium().window(Chromium.wide(Chromium.PHONE));
        page.navigate(screens().address("/bedside"));

        assertThat(page.locator("#username")).hasAttribute("autocomplete", Pattern.compile("username"));
        assertThat(page.locator("#password")).hasAttribute("autocomplete", "current-password");
        page.locator("#password").focus();
        page.keyboard().insertText("pasted at once");
        assertThat(page.locator("#password")).hasValue("pasted at once");
        assertThat(page.locator("form input:visible:not([type=checkbox])")).hasCount(2);
    }

    private static String held(Page page, String name) {
        return page.locator("#scan-form input[name=" + name + "]").first().inputValue();
    }
}
