package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.Api;
import io.venule.stack.DemoWard;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The description of the API is complete and true: every route with its roles, its refusals and an example, and each example runs as it says.
 * Source: EXPECTATIONS row 37; OpenAPI 3.1; RFC 9457.
 */
@QuarkusTest
@WithTestResource(StackResource.class)
class OpenApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ROLES = List.of("pharmacist", "nurse", "biomed", "auditor", "admin");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Nullable
    VenuleStack stack;

    private Map<String, JsonNode> operations = Map.of();
    private JsonNode document = JSON.createObjectNode();

    @BeforeEach
    void read() throws Exception {
        document = JSON.readTree(plain("/q/openapi?format=json").body());
        var found = new TreeMap<String, JsonNode>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> found.put(
                                method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                method.getValue())));
        operations = found;
    }

    @Test
    void the_document_is_openapi_3_1_and_lists_every_route_of_the_api_and_no_page() {
        var routes = new TreeSet<String>();
        for (var route : RunningRoutes.resources()) {
            if (route.path().startsWith("/api/") || route.path().startsWith("/audit/log/")) {
                routes.add(route.method() + " " + route.path().replaceAll(":[^}]*}", "}"));
            }
        }

        assertThat(document.get("openapi").textValue()).startsWith("3.1.");
        assertThat(operations.keySet()).isEqualTo(routes);
        assertThat(document.at("/components/schemas/Problem/properties").properties().stream()
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "type",
                        "title",
                        "status",
                        "detail",
                        "instance",
                        "remedy",
                        "reference",
                        "code",
                        "mismatches",
                        "breaches",
                        "faults",
                        "libraryFaults");
        assertThat(document.at("/components/schemas").has("TemplateInstance")).isFalse();
    }

    @Test
    void every_operation_says_what_it_does_for_whom_and_how_it_refuses() {
        assertThat(operations).isNotEmpty().allSatisfy((name, operation) -> {
            assertThat(operation.path("summary").asText()).as(name).isNotBlank();
            assertThat(operation.path("x-roles").size()).as(name).isPositive();
            var responses = operation.get("responses");
            assertThat(responses.has("200") || responses.has("201")).as(name).isTrue();
            for (var status : List.of("401", "403", "406", "500", "503")) {
                assertThat(responses.has(status)).as(name + " " + status).isTrue();
            }
            if (operation.has("requestBody")) {
                for (var status : List.of("400", "413", "415")) {
                    assertThat(responses.has(status)).as(name + " " + status).isTrue();
                }
            }
            responses.properties().forEach(response -> {
                if (response.getKey().compareTo("400") >= 0) {
                    isProblem(name + " " + response.getKey(), response);
                }
            });
        });
    }

    @Test
    void every_parameter_of_an_example_is_described() throws IOException {
        try (var lines = ApiDescription.class.getResourceAsStream("/openapi/operations.json")) {
            for (var line : JSON.readTree(lines).properties()) {
                var described = new TreeMap<String, String>();
                Objects.requireNonNull(operations.get(line.getKey()), line.getKey())
                        .path("parameters")
                        .forEach(parameter -> described.put(
                                parameter.path("name").asText(),
                                parameter.path("example").asText()));
                line.getValue()
                        .path("parameters")
                        .properties()
                        .forEach(example -> assertThat(described)
                                .as(line.getKey())
                                .containsEntry(
                                        example.getKey(), example.getValue().asText()));
            }
        }
    }

    @Test
    void whatever_an_auditor_can_search_by_is_described() {
        var described = new ArrayList<String>();
        Objects.requireNonNull(operations.get("GET /api/v1/audit/entries"))
                .path("parameters")
                .forEach(parameter -> described.add(parameter.path("name").asText()));

        assertThat(described)
                .containsExactlyInAnyOrder("q", "patient", "drug", "nurse", "kind", "from", "until", "before");
    }

    private static void isProblem(String name, Map.Entry<String, JsonNode> response) {
        var media = response.getValue().path("content").path("application/problem+json");
        assertThat(media.path("schema").path("$ref").asText()).as(name).endsWith("/Problem");
        assertThat(media.path("examples").size()).as(name).isPositive();
        media.path("examples").forEach(example -> {
            assertThat(example.path("value").path("status").asText()).as(name).isEqualTo(response.getKey());
            assertThat(example.path("value").path("type").asText()).as(name).startsWith("/problems/");
        });
    }

    @Test
    void the_roles_are_those_that_the_door_lets_in() throws IOException {
        var lines = Files.readAllLines(Path.of("src", "test", "resources", "access.csv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Arrays.asList(line.split(",", -1)))
                .toList();
        var columns = lines.getFirst();

        for (var operation : operations.entrySet()) {
            var line = lines.stream()
                    .filter(row ->
                            (row.get(0) + " " + row.get(1).replaceAll(":[^}]*}", "}")).equals(operation.getKey()))
                    .findFirst()
                    .orElseThrow();
            var allowed = ROLES.stream()
                    .filter(role -> line.get(columns.indexOf(role)).equals("in"))
                    .toList();
            var said = new ArrayList<String>();
            operation.getValue().get("x-roles").forEach(role -> said.add(role.textValue()));
            assertThat(said).as(operation.getKey()).containsExactlyInAnyOrderElementsOf(allowed);
        }
    }

    @Test
    void every_example_runs_as_it_says() throws Exception {
        var running = Objects.requireNonNull(stack);
        try (var api = new Api(running)) {
            var ward = new DemoWard(api);
            ward.enter(running.pumps());
            var tokens = new Callers(running.keycloak()).honest();
            var answers = new TreeMap<String, String>();
            var wanted = new TreeMap<String, String>();
            for (var operation : operations.entrySet()) {
                var role = operation.getValue().get("x-example-role").textValue();
                var token = Objects.requireNonNull(tokens.get(role));
                var response = CLIENT.send(
                        example(operation.getKey(), operation.getValue(), ward, token),
                        HttpResponse.BodyHandlers.ofInputStream());
                var status = Integer.toString(response.statusCode());
                assertThat(operation.getValue().get("responses").has(status) || status.startsWith("2"))
                        .as(operation.getKey() + " answers " + status + ", which it does not describe")
                        .isTrue();
                answers.put(operation.getKey(), status);
                wanted.put(
                        operation.getKey(),
                        operation.getValue().get("x-example-answers").asText());
                // A live stream never ends by itself.
                response.body().close();
            }

            assertThat(answers).isEqualTo(wanted);
        }
    }

    private HttpRequest example(String name, JsonNode operation, DemoWard ward, String token) throws Exception {
        var method = name.substring(0, name.indexOf(' '));
        var request = HttpRequest.newBuilder(base().resolve(address(name.substring(name.indexOf(' ') + 1), operation)))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
        if (method.equals("GET")) {
            return request.GET().build();
        }
        if (!operation.has("requestBody")) {
            return request.POST(BodyPublishers.noBody()).build();
        }
        var content = operation.get("requestBody").get("content");
        if (content.has("image/png")) {
            var tag = ward.pump(serial(), 1);
            return request.header("Content-Type", "image/png")
                    .POST(BodyPublishers.ofByteArray(tag.png().bytes()))
                    .build();
        }
        var body = content.get("application/json").get("example");
        assertThat(body).as(name).isNotNull();
        return request.header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        realised((ObjectNode) body.deepCopy(), ward).toString()))
                .build();
    }

    /** What differs from ward to ward is put in: the texts on labels, and a pump that exists. */
    private ObjectNode realised(ObjectNode body, DemoWard ward) throws Exception {
        if (body.path("wristband").isTextual()) {
            body.put("wristband", ward.wristband(ward.patientOf("RX-1001")).text());
        }
        if (body.has("bag")) {
            body.put("bag", ward.bag("RX-1001").text());
            body.put("pumpTag", ward.pump(serial(), 1).text());
        }
        if (body.path("prompt").asText().equals("PUMP")) {
            body.put("text", ward.pump(serial(), 1).text());
        }
        if (body.has("endpoint")) {
            var pump = Objects.requireNonNull(stack).pumps().getFirst().enrolment();
            body.put("endpoint", pump.endpoint())
                    .put("certificate", pump.certificate())
                    .put("recordKey", pump.recordKey());
            assertThat(body.get("serial").textValue()).isEqualTo(pump.serial().value());
        }
        return body;
    }

    private String serial() {
        return Objects.requireNonNull(stack)
                .pumps()
                .getFirst()
                .enrolment()
                .serial()
                .value();
    }

    private static String address(String path, JsonNode operation) {
        var query = new ArrayList<String>();
        var address = path;
        for (var parameter : operation.path("parameters")) {
            var name = parameter.get("name").textValue();
            var example = parameter.path("example").asText();
            if (parameter.get("in").textValue().equals("path")) {
                address = address.replace("{" + name + "}", example);
            } else {
                query.add(name + "=" + URLEncoder.encode(example, StandardCharsets.UTF_8));
            }
        }
        return query.isEmpty() ? address : address + "?" + String.join("&", query);
    }

    @Test
    void the_page_of_the_description_is_served_with_all_it_needs() throws Exception {
        var page = plain("/q/swagger-ui/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("script-src 'self'");
        for (var file : page.body().split("(?:src|href)=\"", -1)) {
            var name = file.substring(0, Math.max(0, file.indexOf('"')));
            if (name.endsWith(".js") || name.endsWith(".css")) {
                assertThat(plain(base().resolve("/q/swagger-ui/").resolve(name).getPath())
                                .statusCode())
                        .as(name)
                        .isEqualTo(200);
            }
        }
    }

    private HttpResponse<String> plain(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(base().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI base() {
        return Objects.requireNonNull(stack).applicationAddress();
    }
}
