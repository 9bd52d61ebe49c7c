package io.venule.stack;

import io.venule.simulator.FleetCa;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.FleetPump;
import io.venule.simulator.SimulatorFleet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Everything around the application, started together on loopback with generated secrets: keys, PostgreSQL, Keycloak with the demo realm,
 * Artemis, a witness of the log and a fleet of simulated pumps.
 * The integration tests and {@code ops/demo} use the same one. Closing ends all of it, last started first.
 */
public final class VenuleStack implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();
    private final Map<Class<?>, AutoCloseable> guests = new ConcurrentHashMap<>();
    /** Where the drug library and the realm file are: commands and tests run in the project's folder. */
    private final Path project = Path.of("").toAbsolutePath();

    private final CountDownLatch settled = new CountDownLatch(1);
    private final Thread atExit;
    private final RunFolder folder;
    private final int applicationPort;
    private final Watchdog watchdog;
    private final EmbeddedPostgres18 postgres;
    private final EmbeddedPostgres18.Database database;
    private final EmbeddedKeycloak keycloak;
    private final EmbeddedArtemis artemis;
    private final DemoKeys keys;
    private final WitnessServer witness;
    private final SimulatorFleet fleet;

    private VenuleStack(RunFolder folder, int applicationPort, FleetPlan plan)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.applicationPort = applicationPort;
        var secrets = new Secrets(folder);
        var starter = Thread.currentThread();
        this.atExit = Thread.ofPlatform().unstarted(() -> closeAtExit(starter));
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            this.watchdog = part(Watchdog.over(folder));
            this.postgres = part(EmbeddedPostgres18.start(folder, secrets));
            this.database = postgres.database("venule");
            var realm = DemoRealm.from(project, secrets, applicationAddress());
            this.keycloak = part(EmbeddedKeycloak.launch(
                    new EmbeddedKeycloak.Setup(folder, secrets, postgres.database("keycloak"), realm)));
            watchdog.minds(keycloak.pid());
            // The identity server takes longest; the rest starts meanwhile.
            this.artemis = part(EmbeddedArtemis.start(folder, secrets));
            this.keys = DemoKeys.in(folder, DemoKeys.WARDS);
            this.witness = part(new WitnessServer("witness.example", keys.logVerifierKey(), InstantSource.system()));
            this.fleet = part(SimulatorFleet.start(
                    plan.keptIn(folder.data("pumps")).inWards(DemoKeys.WARDS), keys.fleetAuthority(), keys.root()));
            keycloak.awaitReady();
        } catch (IOException | InterruptedException | RuntimeException e) {
            closeParts(e);
            throw e;
        } finally {
            settled.countDown();
        }
    }

    private <P extends AutoCloseable> P part(P started) {
        parts.push(started);
        return started;
    }

    /** Closes this as well, and before the stack's own parts: what runs on the stack. */
    void attach(AutoCloseable guest) {
        parts.push(guest);
    }

    /** What is made once for all who work on the stack, and closed before its own parts. */
    public <G extends AutoCloseable> G guest(Class<G> kind, Function<VenuleStack, G> made) {
        return kind.cast(guests.computeIfAbsent(kind, _ -> part(made.apply(this))));
    }

    /** The end of the process while the stack stands or starts, by Ctrl-C for instance: nothing is left behind. */
    private void closeAtExit(Thread starter) {
        try {
            if (settled.getCount() > 0) {
                starter.interrupt();
                if (!settled.await(1, TimeUnit.MINUTES)) {
                    System.err.println("the stack does not answer; closing what is known of it");
                }
            }
            closeParts(new IOException("at exit"));
            folder.close();
        } catch (IOException | InterruptedException e) {
            System.err.println("the stack did not stop cleanly: " + e.getMessage());
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

    public FleetCa fleetAuthority() {
        return keys.fleetAuthority();
    }

    public SimulatorFleet fleet() {
        return fleet;
    }

    /** Who cosigns the log outside the hospital. */
    public WitnessServer witness() {
        return witness;
    }

    /** Every simulated pump, in the order of serial numbers. */
    public List<FleetPump> pumps() {
        return fleet.pumps();
    }

    /** Ends what holds the data in use and deletes what is temporary should this process be killed. */
    Watchdog watchdog() {
        return watchdog;
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
        settings.put("venule.audit.witness.url", witness.prefix().toString());
        settings.put("venule.audit.witness.key", witness.verifierKey());
        settings.putAll(keys.settings());
        return settings;
    }

    @Override
    public void close() throws IOException {
        var problem = new IOException("the stack did not stop cleanly");
        closeParts(problem);
        folder.close();
        forgetAtExit();
        if (problem.getSuppressed().length > 0) {
            throw problem;
        }
    }

    private void forgetAtExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs at this moment and finds nothing left to close.
            settled.countDown();
        }
    }

    /** Closes every part even when one refuses; what went wrong is added to the problem. */
    private void closeParts(Exception problem) {
        for (var part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                problem.addSuppressed(e);
            }
        }
    }
}
