package io.venule.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Knocks at a route as one caller and says in one word what the door did. */
final class Door {
    /** What stands for a placeholder: well formed, and nothing that exists. */
    private static final Map<String, String> SAMPLES = Map.of(
            "{id}", "00000000000000000000000000000000",
            "{index}", "0",
            "{serial}", "VP-0000",
            "{number}", "999999999",
            "{sha256}", "0000000000000000000000000000000000000000000000000000000000000000",
            "{slug}", "not-allowed",
            "{name:.+}", "0/000",
            "*", "nothing-is-here");

    private static final Set<String> FORMS_WITH_A_FILE = Set.of(
            "/bedside/picture", "/library/drafts", "/library/drafts/" + "0".repeat(64) + "/sign", "/library/what-if");

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final URI application;
    private final URI signIn;

    Door(URI application, URI signIn) {
        this.application = application;
        this.signIn = signIn;
    }

    /**
     * The answer: {@code in} where the caller came past the door, whatever the room said then; {@code sign-in} where the browser is sent
     * to the identity server; otherwise the status.
     */
    String knock(RunningRoutes.Route route, String token) throws IOException, InterruptedException {
        var response = CLIENT.send(request(route, token), HttpResponse.BodyHandlers.ofInputStream());
        // A live stream never ends by itself.
        response.body().close();
        var status = response.statusCode();
        var location = response.headers().firstValue("Location").orElse("");
        if (status == 302 && location.startsWith(signIn.toString())) {
            return "sign-in";
        }
        return status == 401 || status == 403 || status >= 500 ? Integer.toString(status) : "in";
    }

    private HttpRequest request(RunningRoutes.Route route, String token) {
        var path = route.path();
        for (var sample : SAMPLES.entrySet()) {
            path = path.replace(sample.getKey(), sample.getValue());
        }
        if (path.contains("{")) {
            throw new IllegalStateException("no sample for a placeholder of " + route);
        }
        var api = path.startsWith("/api/");
        var request = HttpRequest.newBuilder(application.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", api ? "*/*" : "text/html,*/*;q=0.1");
        if (route.method().equals("POST")) {
            request.header("Content-Type", bodyType(path)).POST(HttpRequest.BodyPublishers.ofString(body(path)));
        }
        return token.isEmpty()
                ? request.build()
                : request.header("Authorization", "Bearer " + token).build();
    }

    private static String body(String path) {
        if (FORMS_WITH_A_FILE.contains(path)) {
            return "--none--\r\n";
        }
        return path.startsWith("/api/") ? "{}" : "";
    }

    private static String bodyType(String path) {
        if (path.equals("/api/v1/scans/picture")) {
            return "image/png";
        }
        if (FORMS_WITH_A_FILE.contains(path)) {
            return "multipart/form-data; boundary=none";
        }
        return path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
    }
}
