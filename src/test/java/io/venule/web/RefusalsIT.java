package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is wrong with a request is answered with a problem of a listed type: a document for programs, a framed page for people, and never a trace
 * of the inside. Source: RFC 9457; T-05, T-40.
 */
@QuarkusTest
@WithTestResource(StackResource.class)
class RefusalsIT {
    /** They take a file, or nothing. */
    private static final Set<String> WITHOUT_A_DOCUMENT = Set.of(
            "/api/v1/scans/picture",
            "/api/v1/library/what-if",
            "/api/v1/library/drafts",
            "/api/v1/library/drafts/{sha256}/approve",
            "/api/v1/library/drafts/{sha256}/publish");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final String SCANS = "/api/v1/scans";
    private static final String GOOD = "{\"text\":\"]C10\"}";

    @Nullable
    VenuleStack stack;

    private String nurse = "";

    @BeforeEach
    void signIn() throws Exception {
        var keycloak = Objects.requireNonNull(stack).keycloak();
        nurse = keycloak.tokens().of(keycloak.realm().user("nurse"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{\"text\":}",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "{\"text\":\"a\"} {\"text\":\"b\"}",
                "{\"text\":\"a\",\"sex\":\"b\"}",
                "{\"text\":5}",
                "{\"text\":true}",
                "{\"text\":[\"a\"]}",
                "{\"text\":{\"a\":1}}",
                "{\"text\":\"\\ud800\"",
                "{\"prompt\":\"BAG\"}",
                "<text>a</text>"
            })
    void a_body_that_is_not_what_is_asked_for_is_an_invalid_request(String body) throws Exception {
        expect(send(post(SCANS, body)), 400, "invalid-request");
    }

    @Test
    void every_address_that_takes_a_document_refuses_an_empty_one() throws Exception {
        var tokens = new Callers(Objects.requireNonNull(stack).keycloak()).honest();
        var paths = RunningRoutes.resources().stream()
                .filter(route -> route.method().equals("POST") && route.path().startsWith("/api/"))
                .map(RunningRoutes.Route::path)
                .filter(path -> !WITHOUT_A_DOCUMENT.contains(path))
                .map(path -> path.replace("{id}", "0".repeat(32))
                        .replace("{serial}", "LV-00001")
                        .replace("{number}", "1")
                        .replace("{sha256}", "0".repeat(64)))
                .toList();

        assertThat(paths).hasSizeGreaterThan(5);
        for (var path : paths) {
            for (var body : List.of("", "null", "{}")) {
                for (var caller : tokens.entrySet()) {
                    var answer = send(post(path, body, caller.getValue()));
                    assertThat(answer.statusCode())
                            .as(caller.getKey() + " " + path + " " + body + ": " + answer.body())
                            .isIn(caller.getKey().equals("nobody") ? List.of(401) : List.of(400, 403));
                }
            }
        }
    }

    /** Such a pump could never be believed, and no session could be opened to it. */
    @Test
    void a_pump_whose_record_key_is_none_is_not_enrolled() throws Exception {
        var biomed = Objects.requireNonNull(
                new Callers(Objects.requireNonNull(stack).keycloak()).honest().get("biomed"));
        var body = "{\"serial\":\"LV-09999\",\"assetId\":\"A-9\",\"model\":\"large-volume\",\"channels\":1,"
                + "\"endpoint\":\"opc.tcp://127.0.0.1:9/pump\",\"certificate\":\"none\",\"recordKey\":\"none\"}";

        expect(send(post("/api/v1/pumps", body, biomed)), 400, "invalid-request");
    }

    @Test
    void a_picture_that_is_none_is_an_unreadable_scan() throws Exception {
        var request = to(SCANS + "/picture").header("Content-Type", "image/png").POST(BodyPublishers.ofString("none"));

        expect(send(signed(request)), 422, "unreadable-scan");
    }

    @Test
    void a_document_at_the_limit_is_read_and_one_byte_more_is_too_large() throws Exception {
        expect(send(post(SCANS, padded((int) Threshold.LARGEST_DOCUMENT))), 422, "unreadable-scan");
        expect(send(post(SCANS, padded((int) Threshold.LARGEST_DOCUMENT + 1))), 413, "too-large");
    }

    @Test
    void a_document_that_does_not_say_its_length_meets_the_same_limit() throws Exception {
        var endless = padded((int) Threshold.LARGEST_DOCUMENT * 2).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var request = to(SCANS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(endless)));

        var answer = send(signed(request));

        // Said while it is still being read, by the server's own words, which are none.
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_picture_larger_than_any_camera_makes_is_too_large() throws Exception {
        var request = to(SCANS + "/picture")
                .header("Content-Type", "image/png")
                .expectContinue(true)
                .POST(BodyPublishers.ofByteArray(new byte[12 * 1024 * 1024 + 1]));

        expect(send(signed(request)), 413, "too-large");
    }

    @Test
    void the_wrong_form_the_wrong_method_and_the_wrong_address_have_their_own_types() throws Exception {
        expect(
                send(signed(to(SCANS).header("Content-Type", "text/plain").POST(BodyPublishers.ofString(GOOD)))),
                415,
                "unsupported-media-type");
        expect(send(signed(to(SCANS).DELETE())), 405, "method-not-allowed");
        expect(send(signed(to("/api/v1/me").header("Accept", "text/html").GET())), 406, "not-acceptable");
        expect(send(signed(to("/api/v1/nothing").GET())), 404, "not-found");
        expect(send(signed(to("/api/nothing").GET())), 404, "not-found");
        expect(send(signed(to("/api/v1/orders/not-an-id").GET())), 404, "not-found");
        expect(send(signed(to("/api/v1/audit/entries/0").GET())), 403, "not-allowed");
    }

    @Test
    void without_a_token_the_api_says_so_before_anything_else() throws Exception {
        expect(send(to("/api/v1/me").GET()), 401, "not-signed-in");
        expect(send(to("/api/v1/me").header("Accept", "text/html").GET()), 401, "not-signed-in");
        expect(send(to("/api/v1/me").DELETE()), 401, "not-signed-in");
        expect(
                send(to(SCANS).header("Content-Type", "text/plain").POST(BodyPublishers.ofString(GOOD))),
                401,
                "not-signed-in");
        expect(send(to("/api/v1/me").header("Authorization", "Bearer x.y.z").GET()), 401, "not-signed-in");
        assertThat(send(to("/api/v1/me").GET()).headers().firstValue("WWW-Authenticate"))
                .contains("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/bedside/nothing", "/audit/nothing", "/static/nothing.css", "/q/nothing"})
    void an_address_that_leads_to_nothing_says_so_without_a_sign_in(String path) throws Exception {
        var answer = send(to(path).header("Accept", "text/html").GET());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Not found", "Reference", "class=\"top\"", "TRAINING");
        expect(send(to(path).header("Accept", "application/json").GET()), 404, "not-found");
    }

    @Test
    void a_page_for_another_role_is_refused_in_the_frame_with_what_to_do() throws Exception {
        var answer = send(signed(to("/audit").header("Accept", "text/html").GET()));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("Not for your role", "What to do:", "Reference", "class=\"top\"", "Nora Demo");
    }

    @Test
    void a_form_without_its_protection_token_is_refused_in_the_frame() throws Exception {
        var answer = send(signed(to("/bedside/scan")
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("text=a"))));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("The form is too old", "nothing was sent", "class=\"top\"");
    }

    @Test
    void a_form_that_is_cut_off_is_an_invalid_request() throws Exception {
        var answer = send(signed(to("/bedside/picture")
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(BodyPublishers.ofString("--cut\r\nContent-Dispos"))));

        expect(answer, 400, "invalid-request");
    }

    private static String padded(int length) {
        var rest = GOOD.substring(0, GOOD.length() - 1);
        return rest + " ".repeat(length - GOOD.length()) + "}";
    }

    private void expect(HttpResponse<String> answer, int status, String type) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        var problem = JSON.readTree(answer.body());
        assertThat(problem.get("type").textValue()).isEqualTo("/problems/" + type);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("reference").textValue()).matches("[0-9A-Z]{4}-[0-9A-Z]{4}");
        assertThat(answer.body()).doesNotContain("java.", "jakarta.", "Exception", "\\tat ");
    }

    private HttpRequest.Builder post(String path, String body) {
        return post(path, body, nurse);
    }

    private HttpRequest.Builder post(String path, String body, String token) {
        var request = to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder signed(HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + nurse);
    }

    private HttpRequest.Builder to(String path) {
        URI address = Objects.requireNonNull(stack).applicationAddress().resolve(path);
        return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
