package io.venule.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The application's REST interface as a demo user calls it: real tokens, JSON or pictures in, status and body out. */
public final class Api implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final URI base;
    private final EmbeddedKeycloak keycloak;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** What came back; {@code json} is missing where the body is none. */
    public record Answer(int status, JsonNode json, Content body, Map<String, String> headers) {
        /** This answer if it has the wanted status; anything else fails with what the server said. */
        public Answer expect(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException("answered " + status + " instead of " + wanted + ": " + text());
            }
            return this;
        }

        /** The member as text; empty where it is absent. */
        public String text(String member) {
            return json.path(member).asText("");
        }

        public String text() {
            return body.text();
        }

        /** Which problem it is: the last part of the problem's type. */
        public String problem() {
            var type = text("type");
            return type.substring(type.lastIndexOf('/') + 1);
        }
    }

    public Api(VenuleStack stack) {
        this(stack, stack.applicationAddress());
    }

    /** As another server on the same stack answers. */
    Api(VenuleStack stack, URI base) {
        this.base = base;
        this.keycloak = stack.keycloak();
    }

    public Answer get(String user, String path) throws IOException, InterruptedException {
        return send(user, request(path).GET());
    }

    public Answer post(String user, String path, Object body) throws IOException, InterruptedException {
        return send(
                user,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    /** Sends these bytes as they are. */
    public Answer postFile(String user, String path, String type, byte[] content)
            throws IOException, InterruptedException {
        return send(
                user, request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(content)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT);
    }

    private Answer send(String user, HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = client.send(
                request.header("Authorization", "Bearer " + token(user)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        var type = response.headers().firstValue("Content-Type").orElse("");
        var json = type.contains("json") ? JSON.readTree(response.body()) : MissingNode.getInstance();
        var headers = new HashMap<String, String>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        return new Answer(response.statusCode(), json, new Content(response.body()), Map.copyOf(headers));
    }

    /** By which the application knows the user. */
    public String subject(String user) throws IOException, InterruptedException {
        var claims = Base64.getUrlDecoder().decode(token(user).replaceFirst("^[^.]*\\.([^.]*)\\..*$", "$1"));
        return JSON.readTree(claims).path("sub").asText();
    }

    /** What the user signs in with, as a program does. */
    public String token(String user) throws IOException, InterruptedException {
        return keycloak.tokens().held(keycloak.realm().user(user));
    }

    @Override
    public void close() {
        client.close();
    }
}
