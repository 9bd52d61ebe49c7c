package io.venule;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.venule.VenuleSettings.Mode;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.simulator.ExampleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartCheckTest {
    private static final Map<String, String> CLINICAL = Map.ofEntries(
            Map.entry("venule.mode", "clinical"),
            Map.entry("venule.hospital", "St Example"),
            Map.entry("venule.keys.directory", "keys"),
            Map.entry("venule.library.directory", "drug-library"),
            Map.entry("venule.audit.origin", "venule.hospital.org/log"),
            Map.entry("venule.audit.memory", "memory"),
            Map.entry("venule.opcua.certificate", "server.pem"),
            Map.entry("venule.opcua.private-key", "server.key"),
            Map.entry("venule.opcua.user-certificate", "user.pem"),
            Map.entry("venule.opcua.user-private-key", "user.key"),
            Map.entry("venule.opcua.fleet-authority", "ca.pem"),
            Map.entry("venule.opcua.revocation-list", "ca.crl"),
            Map.entry("quarkus.oidc.auth-server-url", "https://login.hospital.org/realms/venule"),
            Map.entry("quarkus.datasource.jdbc.url", "jdbc:postgresql://db.hospital.org/venule?sslmode=verify-full"),
            Map.entry("quarkus.artemis.url", "tcp://broker.hospital.org:61616?sslEnabled=true"));

    @Test
    void complete_settings_start() {
        assertThat(refusals(CLINICAL)).isEmpty();
    }

    @Test
    void a_missing_setting_is_named() {
        var settings = new HashMap<>(CLINICAL);
        settings.remove("venule.mode");
        settings.remove("venule.audit.origin");
        settings.remove("quarkus.datasource.jdbc.url");

        assertThat(refusals(settings))
                .containsExactlyInAnyOrder(
                        "venule.mode is missing",
                        "venule.audit.origin is missing",
                        "quarkus.datasource.jdbc.url is missing");
    }

    @Test
    void an_unknown_setting_is_named_together_with_a_missing_one() {
        var settings = new HashMap<>(CLINICAL);
        settings.remove("venule.hospital");
        settings.put("venule.hospitle", "St Example");
        settings.put("venule.store.rows-per-fetsh", "3");

        assertThat(refusals(settings))
                .hasSize(3)
                .anyMatch(reason -> reason.equals("venule.hospital is missing"))
                .anyMatch(reason -> reason.contains("venule.hospitle"))
                .anyMatch(reason -> reason.contains("venule.store.rows-per-fetsh"));
    }

    @Test
    void a_mode_that_does_not_exist_is_refused() {
        assertThat(refusals(with("venule.mode", "clinicall")))
                .singleElement()
                .asString()
                .contains("clinicall");
    }

    @Test
    void an_environment_variable_that_sets_nothing_is_named() {
        var environment = Set.of("VENULE_MODE", "VENULE_STORE_RECHECK_EVERY", "VENULE_MODUS", "PATH");

        var reasons = StartCheck.refusals(config(CLINICAL), environment);

        assertThat(reasons).singleElement().asString().contains("VENULE_MODUS");
    }

    @Test
    void the_demo_realm_is_refused_in_clinical_mode() {
        var address = "https://login.hospital.org/realms/venule-demo";

        assertThat(refusals(with("quarkus.oidc.auth-server-url", address)))
                .singleElement()
                .asString()
                .contains("demo realm");
    }

    @Test
    void sign_in_without_tls_is_refused_in_clinical_mode() {
        var address = "http://login.hospital.org/realms/venule";

        assertThat(refusals(with("quarkus.oidc.auth-server-url", address)))
                .singleElement()
                .asString()
                .contains("https://");
    }

    @Test
    void each_embedded_part_is_refused_in_clinical_mode() {
        var settings = new HashMap<>(CLINICAL);
        settings.put("quarkus.oidc.auth-server-url", "https://[::1]:8443/realms/venule");
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:5432/venule?sslmode=verify-full");
        settings.put("quarkus.artemis.url", "tcp://localhost:61616?sslEnabled=true");

        assertThat(refusals(settings))
                .hasSize(3)
                .allMatch(reason -> reason.contains("embedded part"))
                .anyMatch(reason -> reason.contains("the database"))
                .anyMatch(reason -> reason.contains("the broker"))
                .anyMatch(reason -> reason.contains("the sign-in server"));
    }

    @Test
    void a_broker_inside_the_process_is_refused_in_clinical_mode() {
        assertThat(refusals(with("quarkus.artemis.url", "vm://0?sslEnabled=true")))
                .singleElement()
                .asString()
                .contains("broker");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?sslmode=require", "?sslmode=verify-ca", "?sslmode=verify-fully", "?nosslmode=verify-full"})
    void a_database_whose_certificate_is_not_checked_is_refused_in_clinical_mode(String end) {
        assertThat(refusals(with("quarkus.datasource.jdbc.url", "jdbc:postgresql://db.hospital.org/venule" + end)))
                .singleElement()
                .asString()
                .contains("sslmode=verify-full");
    }

    @Test
    void the_database_s_certificate_may_be_demanded_in_a_setting_of_its_own() {
        var settings = new HashMap<>(CLINICAL);
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://db.hospital.org/venule");
        settings.put("quarkus.datasource.jdbc.additional-jdbc-properties.sslmode", "verify-full");

        assertThat(refusals(settings)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?sslEnabled=false", "?sslEnabled=truely", "?useEpoll=true"})
    void a_broker_without_tls_is_refused_in_clinical_mode(String end) {
        assertThat(refusals(with("quarkus.artemis.url", "tcp://broker.hospital.org:61616" + end)))
                .singleElement()
                .asString()
                .contains("sslEnabled=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trustAll=true", "verifyHost=false"})
    void a_broker_that_may_be_anybody_is_refused_in_clinical_mode(String end) {
        assertThat(refusals(with("quarkus.artemis.url", "tcp://broker.hospital.org:61616?sslEnabled=true&" + end)))
                .singleElement()
                .asString()
                .contains("must not trust every broker");
    }

    @Test
    void a_host_that_only_begins_like_loopback_is_not_embedded() {
        assertThat(refusals(with("quarkus.artemis.url", "tcp://localhost.hospital.org:61616?sslEnabled=true")))
                .isEmpty();
    }

    @Test
    void keys_of_the_demo_are_refused_in_clinical_mode(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve(ClinicalCheck.DEMO_KEYS));

        assertThat(refusals(with("venule.keys.directory", folder.toString())))
                .singleElement()
                .asString()
                .contains("keys of the demo");
    }

    @Test
    void each_file_with_a_key_that_everybody_knows_is_refused_in_clinical_mode(@TempDir Path folder)
            throws IOException {
        var keys = ExampleFiles.keys(Instant.EPOCH);
        Files.writeString(
                folder.resolve("root.pub"),
                pem(
                        "PUBLIC KEY",
                        "302a300506032b6570032100",
                        keys.root().verifyingKey().raw()));
        Files.writeString(
                folder.resolve("order.key"),
                pem("PRIVATE KEY", "302e020100300506032b657004220420", ExampleFiles.seed("order")));
        Files.writeString(folder.resolve("library-1.jws"), ExampleFiles.text("certificates/pharmacist.jws") + "\n");
        Files.writeString(folder.resolve("pairing.key"), "a".repeat(64) + "\n");
        Files.writeString(folder.resolve("noise.jws"), "noise");

        var reasons = refusals(with("venule.keys.directory", folder.toString()));

        assertThat(reasons)
                .hasSize(3)
                .allMatch(reason -> reason.contains("a test key that everybody knows"))
                .anyMatch(reason -> reason.endsWith("root.pub"))
                .anyMatch(reason -> reason.endsWith("order.key"))
                .anyMatch(reason -> reason.endsWith("library-1.jws"));
    }

    private static String pem(String label, String prefix, byte[] key) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getEncoder()
                        .encodeToString(
                                HexFormat.of().parseHex(prefix + HexFormat.of().formatHex(key)))
                + "\n-----END " + label + "-----\n";
    }

    @Test
    void a_log_name_for_demos_is_refused_in_clinical_mode() {
        assertThat(refusals(with("venule.audit.origin", "venule.invalid/1234/audit")))
                .singleElement()
                .asString()
                .contains("venule.invalid/1234/audit");
    }

    @Test
    void everything_of_the_demo_is_allowed_in_training(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve(ClinicalCheck.DEMO_KEYS));
        var settings = new HashMap<>(CLINICAL);
        settings.put("venule.mode", "training");
        settings.put("venule.keys.directory", folder.toString());
        settings.put("venule.audit.origin", "venule.invalid/1234/audit");
        settings.put("quarkus.oidc.auth-server-url", "http://127.0.0.1:8080/realms/venule-demo");
        settings.put("quarkus.artemis.url", "tcp://127.0.0.1:61616");

        assertThat(refusals(settings)).isEmpty();
    }

    @Test
    void a_simulated_pump_in_the_inventory_is_refused_in_clinical_mode_only() {
        var inventory = List.of(pump("SIM-0002", true), pump("LVP-0001", false), pump("SIM-0001", true));

        assertThat(ClinicalCheck.simulatedPumps(Mode.CLINICAL, inventory))
                .hasSize(2)
                .anyMatch(reason -> reason.contains("SIM-0001"))
                .anyMatch(reason -> reason.contains("SIM-0002"));
        assertThat(ClinicalCheck.simulatedPumps(Mode.TRAINING, inventory)).isEmpty();
    }

    @Test
    void a_pump_with_a_published_record_key_is_refused_in_clinical_mode_only() {
        var known = new EnrolledPump(
                new PumpSerial("LVP-0001"),
                "asset",
                PumpModel.LARGE_VOLUME,
                1,
                "opc.tcp://pump.hospital.org:4840",
                "",
                ExampleFiles.recordKey().base64url(),
                false);

        assertThat(ClinicalCheck.simulatedPumps(Mode.CLINICAL, List.of(known)))
                .singleElement()
                .asString()
                .contains("LVP-0001", "a test key that everybody knows");
        assertThat(ClinicalCheck.simulatedPumps(Mode.TRAINING, List.of(known))).isEmpty();
    }

    @Test
    void a_refusal_is_found_below_other_exceptions() {
        var refused = new StartRefused(List.of("one", "two"));

        assertThat(Venule.refusal(new IllegalStateException(new IllegalStateException(refused))))
                .contains(List.of("one", "two"));
        assertThat(Venule.refusal(new IllegalStateException("another"))).isEmpty();
    }

    @Test
    void every_settings_interface_is_checked() {
        var interfaces = new ClassFileImporter()
                .importPath(Path.of("target", "classes")).stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::getName)
                        .toList();

        assertThat(StartCheck.SETTINGS)
                .as("StartCheck.SETTINGS")
                .extracting(Class::getName)
                .containsExactlyInAnyOrderElementsOf(interfaces);
    }

    private static EnrolledPump pump(String serial, boolean simulated) {
        return new EnrolledPump(
                new PumpSerial(serial),
                "asset",
                PumpModel.LARGE_VOLUME,
                1,
                "opc.tcp://pump.hospital.org:4840",
                "",
                "",
                simulated);
    }

    private static Map<String, String> with(String name, String value) {
        var settings = new HashMap<>(CLINICAL);
        settings.put(name, value);
        return settings;
    }

    private static List<String> refusals(Map<String, String> settings) {
        return StartCheck.refusals(config(settings), Set.of());
    }

    private static io.smallrye.config.SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
    }
}
