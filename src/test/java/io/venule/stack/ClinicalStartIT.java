package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.venule.signing.KeyFiles;
import io.venule.simulator.FleetCa;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.FleetPump;
import io.venule.simulator.SimulatorFleet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The packaged server in clinical mode, set up as docs/configuration.md says: database, broker and sign-in server each behind TLS under a name of its own, keys of
 * {@code ops/make-keys}, a library that two people signed with {@code ops/library}. Nothing of the demo is near but its simulator, entered as if it were a pump.
 */
class ClinicalStartIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String DATABASE = "database.clinic.internal";
    private static final String DATABASE_URL = "quarkus.datasource.jdbc.url";
    private static final String BROKER = "broker.clinic.internal";
    private static final String PHARMACIST = "pharmacist";
    private static final String KEY_ENDS_SOON = "expires in 19 days";
    private static final String LOGIN = "login.clinic.internal";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Path project = Path.of("").toAbsolutePath();
    private final int port = FreePort.find();
    private final URI address = URI.create("http://127.0.0.1:" + port);

    @AfterEach
    void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private <P extends AutoCloseable> P part(P started) {
        parts.push(started);
        return started;
    }

    /** All that an installation has around it but its sign-in server, which may come later. */
    private record Installation(
            RunFolder folder,
            ServerTls tls,
            SignIn signIn,
            Pharmacy pharmacy,
            List<FleetPump> pumps,
            Map<String, String> settings) {}

    /** The sign-in server as it is going to be. */
    private record SignIn(EmbeddedKeycloak.Setup setup, EmbeddedKeycloak.Named named) {
        private EmbeddedKeycloak launched() throws IOException, InterruptedException {
            return EmbeddedKeycloak.launch(setup, Optional.of(named));
        }
    }

    @Test
    void a_hospital_s_own_installation_starts_and_brings_its_library_and_each_change_of_it_to_a_pump()
            throws Exception {
        var installation = installed();
        aDatabaseOfSomebodyElseIsNotTalkedTo(installation);
        var server = part(started(installation, installation.settings()));
        server.awaitReady(address.resolve("/q/health/ready"), LIMIT);
        nobodyCanSignInYet();
        var keycloak = part(installation.signIn().launched());
        keycloak.awaitReady();
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(get("/", Optional.empty()).statusCode()).isEqualTo(302));
        assertThat(get("/", Optional.empty()).headers().firstValue("location").orElseThrow())
                .startsWith("https://" + LOGIN + ":");
        assertThat(get("/library", token(keycloak, PHARMACIST)).body())
                .contains("Example hospital drug library", KEY_ENDS_SOON, "ops/make-keys renew")
                .doesNotContain("TRAINING", "not for clinical use");
        var biomed = token(keycloak, "biomed");
        assertThat(get("/library", biomed).body()).as("who cannot renew it").doesNotContain(KEY_ENDS_SOON);
        assertThat(enrolled(installation.pumps().getLast(), true, biomed).body())
                .contains("/problems/simulated-pump");
        assertThat(enrolled(installation.pumps().getFirst(), false, biomed).statusCode())
                .isEqualTo(201);
        var first = inUse(installation, keycloak, 1);
        anExampleIsNoDraftHere(keycloak, first);
        server.kill();
        aChangeAndWhatWasBeforeIt(installation, keycloak, first);
    }

    private void anExampleIsNoDraftHere(EmbeddedKeycloak keycloak, String sha256) throws Exception {
        var pharmacist = token(keycloak, PHARMACIST);
        var draft = get("/api/v1/library/releases/" + sha256, pharmacist)
                .body()
                .replace("\"library\":{\"counter\":1,", "\"library\":{\"counter\":2,");
        assertThat(draft).contains("\"use\":\"clinical use\"");

        var refused = sent(draft.replace("\"use\":\"clinical use\"", "\"use\":\"an example\""), pharmacist);
        assertThat(refused.statusCode()).isEqualTo(422);
        var fault = JSON.readTree(refused.body()).path("libraryFaults");
        assertThat(fault).hasSize(1);
        assertThat(fault.path(0).path("member").textValue()).isEqualTo("use");
        assertThat(sent(draft, pharmacist).statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> sent(String draft, Optional<String> token) throws Exception {
        return send(
                HttpRequest.newBuilder(address.resolve("/api/v1/library/drafts"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(draft)),
                token);
    }

    private void nobodyCanSignInYet() throws Exception {
        var page = get("/", Optional.empty());
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body())
                .contains("Nobody can sign in now", "Running pumps run on")
                .doesNotContain("\tat ");
        var answer = get("/api/v1/pumps", Optional.of("a.b.c"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("/problems/sign-in-unavailable").doesNotContain("\tat ");
    }

    /** EXPECTATIONS rows 21 and 26: two people publish a change, then what was before it under a higher counter, and nothing that they did not sign is started on. */
    private void aChangeAndWhatWasBeforeIt(Installation installation, EmbeddedKeycloak keycloak, String first)
            throws Exception {
        var pharmacy = installation.pharmacy();
        pharmacy.widened();
        try (var server = started(installation, installation.settings())) {
            assertThatThrownBy(() -> server.awaitReady(address.resolve("/q/health/ready"), LIMIT))
                    .as("a start on what nobody signed")
                    .hasMessageContaining("venule ended with 78")
                    .hasMessageContaining("signed another release");
        }
        var second = pharmacy.signed("release 2, ");
        var kept = installation.folder().root().resolve("kept.json");
        try (var server = started(installation, installation.settings())) {
            server.awaitReady(address.resolve("/q/health/ready"), LIMIT);
            assertThat(inUse(installation, keycloak, 2)).isEqualTo(second);
            Files.writeString(
                    kept,
                    get("/api/v1/library/releases/" + first, token(keycloak, PHARMACIST))
                            .body());
            server.kill();
        }
        pharmacy.again(kept, 3);
        newKeys(pharmacy.keys());
        var third = pharmacy.signed("release 3, ");
        try (var server = started(installation, installation.settings())) {
            server.awaitReady(address.resolve("/q/health/ready"), LIMIT);
            assertThat(inUse(installation, keycloak, 3)).isEqualTo(third);
            assertThat(get("/library", token(keycloak, PHARMACIST)).body())
                    .as("who has another key since")
                    .doesNotContain(KEY_ENDS_SOON);
            assertThat(changes(keycloak, first, third)).isEmpty();
            assertThat(changes(keycloak, second, third)).containsExactly("dopamine/adult-icu/double-concentrated");
            server.kill();
        }
    }

    /** The first pharmacist's key and the log's are good for longer, and the second pharmacist is another one. */
    private static void newKeys(Path keys) throws Exception {
        var root = keys.resolve("root.key").toString();
        var made = keys.resolveSibling("new-keys");
        tool(
                "ops/make-keys",
                "renew",
                made.toString(),
                "--root",
                root,
                keys.resolve("library-1.jws").toString(),
                keys.resolve("checkpoint.jws").toString());
        tool("ops/make-keys", "library", made.toString(), "--root", root, "2");
        for (var name : List.of("library-1.jws", "checkpoint.jws", "library-2.jws", "library-2.key")) {
            Files.move(made.resolve(name), keys.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The server names who signed it, and the enrolled pump holds it; returns its hash. */
    private String inUse(Installation installation, EmbeddedKeycloak keycloak, long counter) throws Exception {
        var releases = get("/api/v1/library/releases", token(keycloak, PHARMACIST));
        var newest = JSON.readTree(releases.body()).get(0);
        assertThat(newest.get("counter").longValue()).isEqualTo(counter);
        assertThat(newest.get("signers").valueStream().map(JsonNode::textValue)).containsExactly("anna", "ben");
        var panel = new FrontPanelClient(installation.pumps().getFirst().panel());
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(panel.state().get("libraryCounter").longValue())
                                .isEqualTo(counter));
        return newest.get("sha256").textValue();
    }

    /** What is different between two kept releases, by key. */
    private List<String> changes(EmbeddedKeycloak keycloak, String from, String to) throws Exception {
        var answer = get("/api/v1/library/changes?from=" + from + "&to=" + to, token(keycloak, PHARMACIST));
        return JSON.readTree(answer.body()).get("parts").findValues("key").stream()
                .map(JsonNode::textValue)
                .toList();
    }

    /** The same names, the same port, and a certificate of an authority that the settings do not name. */
    private void aDatabaseOfSomebodyElseIsNotTalkedTo(Installation installation) throws Exception {
        var folder = installation.folder();
        var other = ServerTls.make(folder.data("other-tls"), new Secrets(folder), List.of(DATABASE));
        var settings = new TreeMap<>(installation.settings());
        settings.computeIfPresent(
                DATABASE_URL,
                (_, url) -> url.replace(
                        installation.tls().certificate().toString(),
                        other.certificate().toString()));
        try (var server = started(installation, settings)) {
            assertThatThrownBy(() -> server.awaitReady(address.resolve("/q/health/ready"), LIMIT))
                    .hasMessageContaining("venule ended with 1");
        }
        assertThat(folder.log("venule")).content().contains("(bad_certificate) PKIX path");
    }

    private static Optional<String> token(EmbeddedKeycloak keycloak, String user) throws Exception {
        var person = keycloak.realm().user(user);
        return Optional.of(keycloak.admin().token("venule-cli", person.username(), person.password()));
    }

    private HttpResponse<String> get(String path, Optional<String> token) throws Exception {
        return send(HttpRequest.newBuilder(address.resolve(path)).GET(), token);
    }

    private HttpResponse<String> enrolled(FleetPump pump, boolean simulated, Optional<String> token) throws Exception {
        var body = new HashMap<>(DemoWard.enrolment(pump));
        body.put("simulated", simulated);
        return send(
                HttpRequest.newBuilder(address.resolve("/api/v1/pumps"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))),
                token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, Optional<String> token) throws Exception {
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private Installation installed() throws Exception {
        var folder = part(RunFolder.forTests());
        var secrets = new Secrets(folder);
        part(Watchdog.over(folder));
        var tls = ServerTls.make(folder.data("tls"), secrets, List.of(DATABASE, BROKER, LOGIN));
        var postgres = part(EmbeddedPostgres18.start(folder, secrets, tls.postgres()));
        var realm = DemoRealm.from(project, secrets, address, "venule");
        var signIn = new SignIn(
                new EmbeddedKeycloak.Setup(folder, secrets, postgres.database("keycloak"), realm),
                new EmbeddedKeycloak.Named(LOGIN, FreePort.find(), tls));
        var broker = part(EmbeddedArtemis.start(folder, secrets, Optional.of(tls)));
        var keys = folder.root().resolve("hospital-keys");
        tool("ops/make-keys", keys.toString(), "--origin", "audit.clinic.internal/log");
        var pharmacy = Pharmacy.withExample(folder.root().resolve("library"), keys);
        pharmacy.firstKeyEndsSoon();
        pharmacy.signed("release 1, ");
        var authority = FleetCa.create("Clinic fleet", Instant.now(), new SecureRandom());
        var fleet = part(SimulatorFleet.start(
                new FleetPlan(2, 0, 1, Optional.empty()), authority, KeyFiles.verifyingKey(keys.resolve("root.pub"))));
        var settings = new TreeMap<String, String>();
        settings.put("venule.mode", "clinical");
        settings.put("venule.hospital", "St Example");
        settings.put("venule.keys.directory", keys.toString());
        settings.put("venule.library.directory", pharmacy.library().toString());
        settings.put("venule.audit.origin", "audit.clinic.internal/log");
        settings.put("venule.audit.memory", folder.root().resolve("log-memory").toString());
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(port));
        var database = postgres.database("venule");
        settings.put(
                DATABASE_URL,
                "jdbc:postgresql://" + DATABASE + ":" + postgres.port() + "/venule?sslmode=verify-full&sslrootcert="
                        + tls.certificate());
        settings.put("quarkus.datasource.username", database.user());
        settings.put("quarkus.datasource.password", database.password());
        settings.put(
                "quarkus.artemis.url",
                "tcp://" + BROKER + ":" + broker.address().getPort()
                        + "?sslEnabled=true&trustStoreType=PEM&trustStorePath=" + tls.certificate());
        settings.put("quarkus.artemis.username", broker.user());
        settings.put("quarkus.artemis.password", broker.password());
        settings.put("quarkus.oidc.auth-server-url", signIn.named().address() + "/realms/venule");
        settings.put("quarkus.oidc.client-id", "venule");
        settings.put("quarkus.oidc.credentials.secret", realm.clientSecret());
        settings.putAll(certificates(folder.data("opcua"), authority));
        return new Installation(folder, tls, signIn, pharmacy, fleet.pumps(), settings);
    }

    private static Map<String, String> certificates(Path folder, FleetCa authority) throws IOException {
        var server = authority.issueApplication("venule", "urn:venule:server");
        var user = authority.issueUser("venule");
        var files = Map.of(
                "certificate", server.certificatePem(),
                "private-key", server.privateKeyPem(),
                "user-certificate", user.certificatePem(),
                "user-private-key", user.privateKeyPem(),
                "fleet-authority", authority.certificatePem(),
                "revocation-list", authority.revocationListPem());
        var settings = new TreeMap<String, String>();
        for (var file : files.entrySet()) {
            settings.put(
                    "venule.opcua." + file.getKey(),
                    Files.writeString(folder.resolve(file.getKey() + ".pem"), file.getValue())
                            .toString());
        }
        return settings;
    }

    private static String tool(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static ChildProcess started(Installation installation, Map<String, String> settings) throws IOException {
        var folder = installation.folder();
        var properties = new Properties();
        properties.putAll(settings);
        var file = folder.root().resolve("clinical.properties");
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(VenuleProcess.JDK_FLAGS);
        command.add("-Djdk.net.hosts.file=" + installation.tls().hosts());
        command.add("-Dquarkus.config.locations=" + file.toUri());
        command.addAll(List.of("-jar", VenuleProcess.ARTEFACT.toString()));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("QUARKUS_") || key.startsWith("VENULE_"));
        builder.environment()
                .put(
                        "QUARKUS_TLS_LOGIN_TRUST_STORE_PEM_CERTS",
                        installation.tls().certificate().toString());
        return ChildProcess.start("venule", builder, folder.log("venule"));
    }
}
