package io.venule.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.venule.stack.EmbeddedKeycloak;
import io.venule.stack.KeycloakAdmin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** Everybody who may knock, with the token they bring from the real identity server; the empty token is no token. */
final class Callers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String PERSON = "without-role";
    private static final String PASSWORD = "only-for-this-test-1";
    private static final KeycloakAdmin.Client SHORT = new KeycloakAdmin.Client("test-short", "venule", 1);
    private static final KeycloakAdmin.Client FOREIGN = new KeycloakAdmin.Client("test-foreign", "another-server", 300);

    private final EmbeddedKeycloak keycloak;
    private final KeycloakAdmin admin;

    Callers(EmbeddedKeycloak keycloak) {
        this.keycloak = keycloak;
        this.admin = keycloak.admin();
    }

    /** The columns of the table: nobody, a person without a role, and one person for each role. */
    Map<String, String> honest() throws IOException, InterruptedException {
        admin.addPerson(PERSON, PASSWORD);
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("nobody", "");
        tokens.put("roleless", admin.token("venule-cli", PERSON, PASSWORD));
        for (var role : io.venule.staff.Role.values()) {
            tokens.put(role.realmName(), keycloak.tokens().of(keycloak.realm().user(role.realmName())));
        }
        return tokens;
    }

    /** Tokens that must open nothing, each for its own reason; all would be an administrator's if they were believed. */
    Map<String, String> dishonest() throws IOException, InterruptedException {
        admin.addClient(SHORT);
        admin.addClient(FOREIGN);
        var user = keycloak.realm().user("admin");
        var good = keycloak.tokens().of(user);
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("expired", expired(admin.token(SHORT.id(), user.username(), user.password())));
        tokens.put("forged", forged(good));
        tokens.put("unsigned", unsigned(good));
        tokens.put("other audience", admin.token(FOREIGN.id(), user.username(), user.password()));
        tokens.put("other realm", admin.tokenOfAnotherRealm());
        tokens.put("no token at all", "x.y.z");
        return tokens;
    }

    private static String expired(String token) throws IOException {
        var end = Instant.ofEpochSecond(claims(token).get("exp").longValue());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Instant.now().isAfter(end.plusSeconds(1)));
        return token;
    }

    /** A good signature under claims that were changed after signing. */
    private static String forged(String token) throws IOException {
        var parts = token.split("\\.", -1);
        return parts[0] + "." + encoded(raised(token)) + "." + parts[2];
    }

    /** Source: RFC 8725, 3.2: the algorithm "none". */
    private static String unsigned(String token) throws IOException {
        return encoded(JSON.createObjectNode().put("alg", "none").put("typ", "JWT")) + "." + encoded(raised(token))
                + ".";
    }

    private static ObjectNode raised(String token) throws IOException {
        var claims = claims(token);
        var roles = claims.putObject("realm_access").putArray("roles");
        for (var role : io.venule.staff.Role.values()) {
            roles.add(role.realmName());
        }
        return claims;
    }

    private static ObjectNode claims(String token) throws IOException {
        return (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    private static String encoded(ObjectNode json) throws IOException {
        return BASE64.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
