package io.venule.stack;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Signs a person in as a browser does: the first page leads to the identity provider's form, the form back to the page. */
final class SignInForm {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private final URI page;

    SignInForm(URI page) {
        this.page = page;
    }

    /** The page as the person sees it after signing in; anything else than that page is a failure. */
    String as(DemoUser user) throws IOException, InterruptedException {
        try (var browser = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .cookieHandler(new OnLoopback())
                .build()) {
            var form = browser.send(
                    request(page).GET().build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            var action = ACTION.matcher(form.body());
            if (!action.find()) {
                throw new IllegalStateException("no sign-in form at " + form.uri() + ", status " + form.statusCode());
            }
            var sent = "username=" + encoded(user.username()) + "&password=" + encoded(user.password());
            var answer = browser.send(
                    request(URI.create(action.group(1).replace("&amp;", "&")))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(sent))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != 200 || !answer.uri().getAuthority().equals(page.getAuthority())) {
                throw new IllegalStateException(
                        "sign-in ended at " + answer.uri() + " with status " + answer.statusCode());
            }
            return answer.body();
        }
    }

    /** Keeps cookies for secure connections on loopback too, as browsers do. */
    private static final class OnLoopback extends CookieManager {
        private static final Pattern SECURE = Pattern.compile("; *secure", Pattern.CASE_INSENSITIVE);

        OnLoopback() {
            super(null, CookiePolicy.ACCEPT_ALL);
        }

        @Override
        public void put(URI from, Map<String, List<String>> headers) throws IOException {
            var kept = new HashMap<String, List<String>>();
            headers.forEach((name, values) -> kept.put(
                    name,
                    values.stream()
                            .map(value -> SECURE.matcher(value).replaceAll(""))
                            .toList()));
            super.put(from, kept);
        }
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(LIMIT);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
