package io.venule.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Keycloak server as a child process on a free loopback port, with its own database and its own home, so that two run side by side.
 * The realm is imported when the database does not hold it yet. Closing ends the process and its descendants.
 */
public final class EmbeddedKeycloak implements AutoCloseable {
    /** 10 to 20 s on two idle cores. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(4);

    private final ChildProcess server;
    private final URI address;
    private final URI health;
    private final DemoRealm realm;
    private final String adminPassword;
    private final Tokens tokens;

    private EmbeddedKeycloak(ChildProcess server, URI address, URI health, Setup setup) {
        this.server = server;
        this.address = address;
        this.health = health;
        this.realm = setup.realm();
        this.adminPassword = setup.secrets().of("keycloak.admin");
        this.tokens = new Tokens(realmAddress());
    }

    /** What one instance is made of. */
    record Setup(RunFolder folder, Secrets secrets, EmbeddedPostgres18.Database database, DemoRealm realm) {}

    /** TLS under a name of its own. */
    record Named(String host, int port, ServerTls tls) {
        URI address() {
            return URI.create("https://" + host + ":" + port);
        }

        private Stream<String> options() {
            return Stream.of(
                    "--http-management-scheme=http",
                    "--https-port=" + port,
                    "--https-certificate-file=" + tls.certificate(),
                    "--https-certificate-key-file=" + tls.key());
        }
    }

    /** Starts the server and returns at once; it is ready after {@link #awaitReady}. */
    static EmbeddedKeycloak launch(Setup setup) throws IOException, InterruptedException {
        return launch(setup, Optional.empty());
    }

    /** Where it has a name it is known by that alone, and answers without TLS on loopback besides. */
    static EmbeddedKeycloak launch(Setup setup, Optional<Named> named) throws IOException, InterruptedException {
        var home = instanceHome(KeycloakDistribution.home(), setup.folder().data("keycloak"));
        setup.realm().writeInto(Files.createDirectories(home.resolve("data").resolve("import")));
        int port = FreePort.find();
        int managementPort = FreePort.find();
        var address = URI.create("http://127.0.0.1:" + port);
        var options = new ArrayList<>(List.of(
                "--import-realm",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + managementPort,
                "--hostname=" + named.map(Named::address).orElse(address)));
        named.map(Named::options).ifPresent(own -> own.forEach(options::add));
        options.addAll(KeycloakTables.optionsFor(home, setup));
        var command = command(home, setup, options);
        var server = ChildProcess.start("keycloak", command, setup.folder().log("keycloak"));
        var health = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
        return new EmbeddedKeycloak(server, address, health, setup);
    }

    /** A start of the server in this home, on its database. */
    static ProcessBuilder command(Path home, Setup setup, List<String> options) {
        // One server and no cluster: otherwise it would take calls of others of its kind, from every machine.
        var all = Stream.concat(Stream.of("start", "--optimized", "--cache=local"), options.stream());
        var command = new ProcessBuilder(KeycloakDistribution.command(home, all.toArray(String[]::new)));
        KeycloakDistribution.environment(command);
        var environment = command.environment();
        environment.put("KC_DB_URL", setup.database().url());
        environment.put("KC_DB_USERNAME", setup.database().user());
        environment.put("KC_DB_PASSWORD", setup.database().password());
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "keycloak-admin");
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", setup.secrets().of("keycloak.admin"));
        environment.putAll(setup.realm().placeholders());
        return command;
    }

    /** Waits until it serves the realm. */
    void awaitReady() throws IOException, InterruptedException {
        server.awaitReady(health, READY_LIMIT);
    }

    /** Links to the shared server for what is only read, and own folders for what is written. */
    private static Path instanceHome(Path shared, Path home) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("data"));
        for (var name : List.of("lib", "conf", "providers", "themes")) {
            var link = home.resolve(name);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, shared.resolve(name));
        }
        // Copied, not linked: the script finds its home by resolving its own path.
        Files.copy(
                shared.resolve("bin").resolve("kc.sh"),
                home.resolve("bin").resolve("kc.sh"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return home;
    }

    /** The issuer of the realm's tokens. */
    public URI realmAddress() {
        return address.resolve("/realms/" + realm.name());
    }

    public DemoRealm realm() {
        return realm;
    }

    /** Where demo users get their tokens. */
    public Tokens tokens() {
        return tokens;
    }

    /** Adds to the realm what a test needs beside the demo's people. */
    public KeycloakAdmin admin() {
        return new KeycloakAdmin(address, realm.name(), adminPassword);
    }

    long pid() {
        return server.pid();
    }

    @Override
    public void close() {
        server.close();
    }
}
