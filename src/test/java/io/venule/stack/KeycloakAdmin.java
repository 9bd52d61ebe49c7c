package io.venule.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The demo identity server as its administrator: people and clients that only a test needs, and the tokens they get. */
public final class KeycloakAdmin {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI server;
    private final String realm;
    private final String password;

    KeycloakAdmin(URI server, String realm, String password) {
        this.server = server;
        this.realm = realm;
        this.password = password;
    }

    /** A client of the realm; its tokens are meant for {@code audience} and live {@code seconds}. */
    public record Client(String id, String audience, int seconds) {}

    /** A good token of the same server and another realm. */
    public String tokenOfAnotherRealm() throws IOException, InterruptedException {
        return token("master", "admin-cli", "keycloak-admin", password);
    }

    /** A person of the realm who holds no role. */
    public void addPerson(String username, String word) throws IOException, InterruptedException {
        create(
                "users",
                Map.of(
                        "username",
                        username,
                        "enabled",
                        true,
                        "emailVerified",
                        true,
                        "email",
                        username + "@demo.invalid",
                        "firstName",
                        "Test",
                        "lastName",
                        "Person",
                        "credentials",
                        List.of(Map.of("type", "password", "value", word, "temporary", false))));
    }

    public void addClient(Client client) throws IOException, InterruptedException {
        var mapper = Map.of(
                "name",
                "audience",
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-audience-mapper",
                "config",
                Map.of("included.custom.audience", client.audience(), "access.token.claim", "true"));
        create(
                "clients",
                Map.of(
                        "clientId",
                        client.id(),
                        "publicClient",
                        true,
                        "standardFlowEnabled",
                        false,
                        "directAccessGrantsEnabled",
                        true,
                        "attributes",
                        Map.of("access.token.lifespan", Integer.toString(client.seconds())),
                        "protocolMappers",
                        List.of(mapper)));
    }

    /** An access token of the realm by password. */
    public String token(String client, String username, String word) throws IOException, InterruptedException {
        return token(realm, client, username, word);
    }

    private String token(String of, String client, String username, String word)
            throws IOException, InterruptedException {
        var fields = new TreeMap<>(Map.of(
                "grant_type", "password",
                "client_id", client,
                "username", username,
                "password", word,
                "scope", "openid"));
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(server.resolve("/realms/" + of + "/protocol/openid-connect/token"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(send(request, 200)).get("access_token").textValue();
    }

    /** Creates it; where it is there already, it stays as it is. */
    private void create(String what, Map<String, Object> thing) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve("/admin/realms/" + realm + "/" + what))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + tokenOfAnotherRealm())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(thing)))
                .build();
        send(request, 201, 409);
    }

    private static String send(HttpRequest request, Integer... wanted) throws IOException, InterruptedException {
        var response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (!List.of(wanted).contains(response.statusCode())) {
            throw new IllegalStateException(
                    request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
