package io.venule.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.venule.staff.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The demo's realm: the realm file that installations use, under a name that clinical mode refuses, with demo users and with
 * password sign-in for the command-line client. Source: ops/keycloak.
 */
public final class DemoRealm {
    /** Clinical mode refuses to start against a realm of this name. */
    public static final String NAME = "venule-demo";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final ObjectNode realm;
    private final List<DemoUser> users;
    private final String clientSecret;
    private final URI application;

    private DemoRealm(String name, ObjectNode realm, List<DemoUser> users, String clientSecret, URI application) {
        this.name = name;
        this.realm = realm;
        this.users = List.copyOf(users);
        this.clientSecret = clientSecret;
        this.application = application;
    }

    /** Reads the realm and user files below the project folder; {@code application} is where browsers reach Venule. */
    static DemoRealm from(Path project, Secrets secrets, URI application) throws IOException {
        return from(project, secrets, application, NAME);
    }

    /** The same under another name. */
    static DemoRealm from(Path project, Secrets secrets, URI application, String name) throws IOException {
        var folder = project.resolve("ops").resolve("keycloak");
        var realm =
                (ObjectNode) JSON.readTree(folder.resolve("venule-realm.json").toFile());
        var users = new ArrayList<DemoUser>();
        for (var user : JSON.readTree(folder.resolve("demo-users.json").toFile())) {
            var username = user.get("username").textValue();
            var role = Role.ofRealmName(user.get("role").textValue()).orElseThrow();
            users.add(new DemoUser(
                    username,
                    user.get("firstName").textValue(),
                    user.get("lastName").textValue(),
                    role,
                    user.get("badge").textValue(),
                    secrets.typable("demo." + username)));
        }
        var demo = new DemoRealm(name, realm, users, secrets.of("keycloak.client"), application);
        demo.adapt();
        return demo;
    }

    private void adapt() {
        realm.put("realm", name).put("displayName", "Venule demo (training)");
        for (var client : realm.withArray("clients")) {
            if (client.get("clientId").textValue().equals("venule-cli")) {
                ((ObjectNode) client).put("directAccessGrantsEnabled", true);
            }
        }
        var list = realm.putArray("users");
        for (var user : users) {
            var node = list.addObject()
                    .put("username", user.username())
                    .put("enabled", true)
                    .put("emailVerified", true)
                    .put("email", user.username() + "@demo.invalid")
                    .put("firstName", user.firstName())
                    .put("lastName", user.lastName());
            node.putArray("credentials")
                    .addObject()
                    .put("type", "password")
                    .put("value", user.password())
                    .put("temporary", false);
            node.putArray("realmRoles").add(user.role().realmName());
        }
    }

    public String name() {
        return name;
    }

    public List<DemoUser> users() {
        return users;
    }

    /** The demo user of this login name. */
    public DemoUser user(String username) {
        return users.stream()
                .filter(user -> user.username().equals(username))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no demo user " + username));
    }

    String clientSecret() {
        return clientSecret;
    }

    /** What fills the realm file's placeholders; Keycloak reads them from its environment while importing. */
    Map<String, String> placeholders() {
        return Map.of("VENULE_CLIENT_SECRET", clientSecret, "VENULE_BASE_URL", application.toString());
    }

    void writeInto(Path importFolder) throws IOException {
        var file = importFolder.resolve(name + "-realm.json");
        Files.deleteIfExists(file);
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), realm);
    }
}
