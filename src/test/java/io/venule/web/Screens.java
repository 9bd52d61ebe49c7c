package io.venule.web;

import com.microsoft.playwright.Page;
import io.venule.stack.VenuleStack;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a test of pages holds in its hands: the running stack, the ward at work on it, and a browser. */
record Screens(VenuleStack stack, WardAtWork ward, Chromium chromium) implements AutoCloseable {
    /**
     * Enters the ward and starts the browser.
     *
     * @param stack as the test class was given it
     */
    static Screens on(@Nullable VenuleStack stack) throws IOException, InterruptedException {
        var running = Objects.requireNonNull(stack, "the stack has not been injected");
        return new Screens(running, WardAtWork.in(running), Chromium.before(running));
    }

    /** A page of the application, before someone who has signed in. */
    Page shown(String user, int width, String path) {
        var page = chromium.signedIn(user, width);
        page.navigate(address(path));
        return page;
    }

    /** The front panel of the stack's pump at that place. */
    Page panel(int pump) {
        var page = chromium.window(Chromium.wide(Chromium.DESK));
        page.navigate(stack.pumps().get(pump).panel().toString());
        return page;
    }

    /** What stands on the badge of the demo's user. */
    String badge(String user) {
        return stack.keycloak().realm().user(user).badge();
    }

    String address(String path) {
        return chromium.address(path);
    }

    @Override
    public void close() {
        chromium.closeWindows();
        ward.close();
    }
}
