package io.venule.stack;

import io.venule.simulator.FleetPlan;
import io.venule.simulator.FleetPump;
import io.venule.simulator.SimulatorFleet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything around the application, started together on loopback with generated secrets: keys, PostgreSQL, Keycloak with the demo realm,
 * Artemis and a fleet of simulated pumps.
 * The integration tests and {@code ops/demo} use the same one. Closing ends all of it, last started first.
 */
public final class VenuleStack implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    /** Where the drug library and the realm file are: commands and tests run in the project's folder. */
    private final Path project = Path.of("").toAbsolutePath();

    private final RunFolder folder;
    private final int applicationPort;
    private final EmbeddedPostgres18 postgres;
    private final EmbeddedPostgres18.Database database;
    private final EmbeddedKeycloak keycloak;
    private final EmbeddedArtemis artemis;
    private final DemoKeys keys;
    private final SimulatorFleet fleet;

    private VenuleStack(RunFolder folder, int applicationPort, FleetPlan plan)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.applicationPort = applicationPort;
        var secrets = new Secrets(folder);
        this.postgres = EmbeddedPostgres18.start(folder, secrets);
        parts.push(postgres);
        try {
            this.database = postgres.database("venule");
            this.artemis = EmbeddedArtemis.start(folder, secrets);
            parts.push(artemis);
            this.keys = DemoKeys.in(folder);
            this.fleet = SimulatorFleet.start(plan.keptIn(folder.data("pumps")), keys.fleetAuthority(), keys.root());
            parts.push(fleet);
            var realm = DemoRealm.from(project, secrets, applicationAddress());
            this.keycloak = EmbeddedKeycloak.start(
                    new EmbeddedKeycloak.Setup(folder, secrets, postgres.database("keycloak"), realm));
            parts.push(keycloak);
        } catch (IOException | InterruptedException | RuntimeException e) {
            closeParts(e);
            throw e;
        }
    }

    /** Starts all parts in the folder; {@code applicationPort} is where the application is going to listen. */
    public static VenuleStack start(RunFolder folder, int applicationPort, FleetPlan plan)
            throws IOException, InterruptedException {
        return new VenuleStack(folder, applicationPort, plan);
    }

    /** A port for the application that nobody listens on. */
    public static int freePort() {
        return FreePort.find();
    }

    public URI applicationAddress() {
        return URI.create("http://127.0.0.1:" + applicationPort);
    }

    public EmbeddedKeycloak keycloak() {
        return keycloak;
    }

    public EmbeddedArtemis artemis() {
        return artemis;
    }

    public EmbeddedPostgres18.Database database() {
        return database;
    }

    public SimulatorFleet fleet() {
        return fleet;
    }

    /** Every simulated pump, in the order of serial numbers. */
    public List<FleetPump> pumps() {
        return fleet.pumps();
    }

    int postgresPort() {
        return postgres.port();
    }

    public RunFolder folder() {
        return folder;
    }

    /** The settings with which the application finds all of it. */
    public Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("quarkus.datasource.jdbc.url", database.url());
        settings.put("quarkus.datasource.username", database.user());
        settings.put("quarkus.datasource.password", database.password());
        settings.put("quarkus.artemis.url", artemis.address().toString());
        settings.put("quarkus.artemis.username", artemis.user());
        settings.put("quarkus.artemis.password", artemis.password());
        settings.put("quarkus.oidc.auth-server-url", keycloak.realmAddress().toString());
        settings.put("quarkus.oidc.client-id", "venule");
        settings.put("quarkus.oidc.credentials.secret", keycloak.realm().clientSecret());
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(applicationPort));
        settings.put("venule.mode", "training");
        settings.put("venule.hospital", "Venule demo hospital");
        settings.put("venule.library.directory", project.resolve("drug-library").toString());
        settings.putAll(keys.settings());
        return settings;
    }

    @Override
    public void close() throws IOException {
        var problem = new IOException("the stack did not stop cleanly");
        closeParts(problem);
        folder.close();
        if (problem.getSuppressed().length > 0) {
            throw problem;
        }
    }

    /** Closes every part even when one refuses; what went wrong is added to the problem. */
    private void closeParts(Exception problem) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                problem.addSuppressed(e);
            }
        }
    }
}
