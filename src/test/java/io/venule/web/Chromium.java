package io.venule.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import io.venule.stack.VenuleStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine's own Chromium, driven as a person would: sign-in by Keycloak's form, scans as key presses, pictures of what was seen. */
final class Chromium implements AutoCloseable {
    static final int PHONE = 390;
    static final int DESK = 1280;
    /** Width in CSS pixels to which 400 % zoom shrinks a desk's window. Source: WCAG 2.2, 1.4.10. */
    static final int NARROW = 320;

    /** Between the keys of the slowest scanner that must still be understood. */
    static final double SLOW_KEY_MS = 200;

    /** The realm's tokens live for 5 minutes; a new sign-in well before that. */
    private static final Duration SESSION = Duration.ofMinutes(3);

    private static final int HEIGHT = 844;
    private static final double LIMIT_MS = 40_000;
    private static final char GS = '\u001d';
    private static final Pattern ELEMENT = Pattern.compile("\\((\\d+)\\)([^(]*)");
    /** Application identifiers whose length is fixed by GS1, so that no separator follows. Source: GS1 General Specifications, figure 7.8.5-2. */
    private static final Set<String> FIXED = Set.of("01", "17");

    private final VenuleStack stack;
    private final Playwright playwright;
    private final Browser browser;
    /** Cookies of those who signed in not long ago, so that not every test goes through Keycloak's form again. */
    private final Map<String, Session> sessions = new HashMap<>();

    private record Session(List<Cookie> cookies, long since) {
        boolean isUsed() {
            return System.nanoTime() - since < SESSION.toNanos();
        }
    }

    /** The browser before this stack: one for all tests, of which each closes its windows. */
    static Chromium before(VenuleStack stack) {
        return stack.guest(Chromium.class, Chromium::new);
    }

    private Chromium(VenuleStack stack) {
        this.stack = stack;
        PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MS);
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setArgs(List.of("--no-sandbox", "--force-color-profile=srgb")));
    }

    private static Path executable() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no Chromium in /usr/bin; ops/check installs it on Debian"));
    }

    /** A window nobody is signed in to. */
    Page window(Browser.NewContextOptions options) {
        var page = browser.newContext(options).newPage();
        page.setDefaultTimeout(LIMIT_MS);
        return page;
    }

    static Browser.NewContextOptions wide(int width) {
        return new Browser.NewContextOptions()
                .setViewportSize(width, HEIGHT)
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE);
    }

    /** A window in which the demo user has signed in; where it is must be said next. */
    Page signedIn(String user, int width) {
        return signedIn(user, wide(width));
    }

    Page signedIn(String user, Browser.NewContextOptions options) {
        var page = window(options);
        var session = sessions.get(user);
        if (session != null && session.isUsed()) {
            page.context().addCookies(session.cookies());
            return page;
        }
        var since = System.nanoTime();
        page.navigate(address("/"));
        page.locator("#username").fill(user);
        page.locator("#password").fill(stack.keycloak().realm().user(user).password());
        page.locator("#kc-login").click();
        page.waitForURL(url -> url.startsWith(stack.applicationAddress().toString()) && !url.contains("code="));
        page.locator("main h1").waitFor();
        sessions.put(user, new Session(page.context().cookies(), since));
        return page;
    }

    /** After a sign-out: who comes next signs in anew. */
    void forget(String user) {
        sessions.remove(user);
    }

    /** Closes every window, with what goes on in it. */
    void closeWindows() {
        browser.contexts().forEach(BrowserContext::close);
    }

    String address(String path) {
        return stack.applicationAddress().resolve(path).toString();
    }

    /** What a scanner in keyboard mode types for the label: symbology prefix, elements, GS as Ctrl+], Enter at the end; no field has focus. */
    static void scan(Page page, String label) {
        scan(page, label, 0);
    }

    /** As {@link #scan(Page, String)}, with that many milliseconds between the keys. */
    static void scan(Page page, String label, double betweenMs) {
        page.locator("html[data-scanner=ready]").waitFor();
        var parts = wedge(label).split(String.valueOf(GS), -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                page.keyboard().press("Control+BracketRight");
            }
            page.keyboard().type(parts[i], new Keyboard.TypeOptions().setDelay(betweenMs));
        }
        page.keyboard().press("Enter");
    }

    /** From what is printed under the symbol to what the symbol holds. */
    private static String wedge(String printed) {
        var text = new StringBuilder("]d2");
        var element = ELEMENT.matcher(printed);
        while (element.find()) {
            text.append(element.group(1)).append(element.group(2));
            if (!FIXED.contains(element.group(1)) && element.end() < printed.length()) {
                text.append(GS);
            }
        }
        return text.toString();
    }

    /** Keeps the whole page as {@code target/screenshots/NAME.png}. */
    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
