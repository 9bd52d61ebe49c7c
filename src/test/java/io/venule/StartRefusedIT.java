package io.venule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged artefact as a process: what it says and how it ends when it may not start. */
class StartRefusedIT {
    private static final Path ARTEFACT = Path.of("target", "quarkus-app", "quarkus-run.jar");

    @TempDir
    Path folder;

    @Test
    void without_any_setting_it_names_each_one_it_needs() throws Exception {
        var ended = run(List.of(), Map.of());

        assertThat(ended.exitCode()).isEqualTo(Venule.REFUSED);
        assertThat(ended.output())
                .contains("venule.mode is missing", "venule.hospital is missing", "venule.keys.directory is missing")
                .doesNotContain("\tat ");
    }

    @Test
    void an_unknown_setting_and_an_unknown_variable_are_named_at_once() throws Exception {
        var settings = new ArrayList<>(training());
        settings.add("venule.stor.recheck-every=1s");

        var ended = run(settings, Map.of("VENULE_MODUS", "training"));

        assertThat(ended.exitCode()).isEqualTo(Venule.REFUSED);
        assertThat(ended.output())
                .contains("2 things are wrong", "venule.stor.recheck-every", "VENULE_MODUS")
                .doesNotContain("\tat ");
    }

    @Test
    void clinical_mode_names_everything_of_the_demo_at_once() throws Exception {
        var settings = new ArrayList<>(training());
        settings.set(0, "venule.mode=clinical");
        Files.createFile(folder.resolve(ClinicalCheck.DEMO_KEYS));

        var ended = run(settings, Map.of());

        assertThat(ended.exitCode()).isEqualTo(Venule.REFUSED);
        assertThat(ended.output())
                .contains("demo realm venule-demo", "must begin with https://", "keys of the demo")
                .contains("the database is an embedded part", "the broker is an embedded part")
                .contains("the sign-in server is an embedded part", "venule.test/log")
                .doesNotContain("\tat ");
    }

    private List<String> training() {
        return List.of(
                "venule.mode=training",
                "venule.hospital=Test Hospital",
                "venule.keys.directory=" + folder,
                "venule.library.directory=drug-library",
                "venule.audit.origin=venule.test/log",
                "venule.audit.memory=memory",
                "venule.opcua.certificate=server.pem",
                "venule.opcua.private-key=server.key",
                "venule.opcua.user-certificate=user.pem",
                "venule.opcua.user-private-key=user.key",
                "venule.opcua.fleet-authority=ca.pem",
                "venule.opcua.revocation-list=ca.crl",
                "quarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:1/venule",
                "quarkus.artemis.url=tcp://127.0.0.1:1",
                "quarkus.oidc.auth-server-url=http://127.0.0.1:1/realms/venule-demo");
    }

    private record Ended(int exitCode, String output) {}

    private Ended run(List<String> settings, Map<String, String> environment) throws IOException, InterruptedException {
        assertThat(ARTEFACT).as("run: mvn package -DskipTests").exists();
        var file = Files.write(folder.resolve("application.properties"), settings);
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dquarkus.config.locations=" + file.toUri(),
                        "-jar",
                        ARTEFACT.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("QUARKUS_") || key.startsWith("VENULE_"));
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
