package io.venule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** ops/compose.yaml, k8s/ and the image's settings: they parse, name settings that exist, hold no secret and keep the container closed. */
class ShippingTest {
    private static final Path COMPOSE = Path.of("ops", "compose.yaml");
    private static final Path BASE = Path.of("k8s", "base");
    private static final Path EXAMPLE = Path.of("k8s", "example");
    /** What a developer's own tools and keys put beside the project, none of which is committed. */
    private static final List<Path> BESIDE = Stream.of(".git", "target", "node_modules", "ops/secrets")
            .map(Path::of)
            .toList();

    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(password|secret|token|private|credential).*");
    /** Where a value may be instead of being said: another file, or a variable that stops the start when unset. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[A-Z_]+:\\?[^}]+}|/[a-z0-9./-]+");

    @Test
    void every_variable_for_venule_is_a_setting_that_exists() throws IOException {
        var known = documentedVariables();

        assertThat(composeEnvironment("venule").keySet()).isSubsetOf(known);
        assertThat(settings(BASE).keySet()).isSubsetOf(known);
        assertThat(settings(EXAMPLE).keySet()).isSubsetOf(settings(BASE).keySet());
        assertThat(secretVariables()).isSubsetOf(known);
    }

    @Test
    void every_setting_without_a_default_is_given() throws IOException {
        var needed = StartCheck.names()
                .filter(ShippingTest::mustBeSaid)
                .map(StartCheck::variable)
                .collect(Collectors.toSet());

        assertThat(needed).contains("VENULE_MODE");
        assertThat(composeEnvironment("venule").keySet()).containsAll(needed);
        assertThat(settings(BASE).keySet()).containsAll(needed);
    }

    @Test
    void no_file_holds_a_secret() throws IOException {
        for (var service : map(yaml(COMPOSE).getFirst(), "services").keySet()) {
            composeEnvironment(service).forEach((name, value) -> {
                if (SECRET_NAME.matcher(name).matches()) {
                    assertThat(value).as(name).matches(REFERENCE);
                }
            });
        }
        settings(BASE).forEach((name, value) -> {
            if (SECRET_NAME.matcher(name).matches()) {
                assertThat(value).as(name).matches(REFERENCE);
            }
        });
        assertThat(kinds()).doesNotContain("Secret");
    }

    /** Nor one that a test or a start left behind, from where it would be committed with the rest. */
    @Test
    void no_key_lies_among_the_project_s_files() throws IOException {
        var keys = new ArrayList<Path>();
        Files.walkFileTree(Path.of(""), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return BESIDE.contains(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".key")) {
                    keys.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });

        assertThat(keys).isEmpty();
    }

    @Test
    void every_stock_part_of_the_compose_file_says_how_it_is_asked_for_its_health() throws IOException {
        var services = map(yaml(COMPOSE).getFirst(), "services");

        assertThat(services.keySet())
                .containsExactlyInAnyOrder("venule", "postgres", "artemis", "keycloak", "keycloak-postgres");
        services.keySet().stream()
                .filter(name -> !name.equals("venule"))
                .forEach(name -> assertThat(map(services, name)).as(name).containsKey("healthcheck"));
        assertThat(text(map(services, "venule"), "user")).isEqualTo("65532:65532");
        assertThat(map(services, "venule").get("read_only")).isEqualTo(true);
    }

    @Test
    void files_that_the_compose_file_mounts_from_the_project_exist() throws IOException {
        var mounted = Pattern.compile("(\\.\\.?/[^:]+):/.*");
        var services = map(yaml(COMPOSE).getFirst(), "services");

        for (var name : services.keySet()) {
            for (var volume : list(map(services, name), "volumes")) {
                var matcher = mounted.matcher(volume.toString());
                if (matcher.matches()) {
                    assertThat(COMPOSE.resolveSibling(matcher.group(1))).exists();
                }
            }
        }
    }

    @Test
    void the_kustomizations_name_files_that_exist_and_leave_none_out() throws IOException {
        for (var folder : List.of(BASE, EXAMPLE)) {
            var kustomization = yaml(folder.resolve("kustomization.yaml")).getFirst();
            var named = new TreeSet<String>();
            list(kustomization, "resources").forEach(file -> named.add(file.toString()));
            list(kustomization, "patches").forEach(patch -> named.add(text(cast(patch), "path")));

            assertThat(named)
                    .allSatisfy(file -> assertThat(folder.resolve(file)).exists());
            try (var files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString())
                                .filter(file -> !file.equals("kustomization.yaml")))
                        .isSubsetOf(named);
            }
        }
    }

    @Test
    void the_pod_is_closed() throws IOException {
        var pod = map(map(map(deployment(), "spec"), "template"), "spec");
        var container = container();
        var security = map(container, "securityContext");

        assertThat(map(pod, "securityContext")).containsEntry("runAsNonRoot", true);
        assertThat(map(map(pod, "securityContext"), "seccompProfile")).containsEntry("type", "RuntimeDefault");
        assertThat(pod).containsEntry("automountServiceAccountToken", false);
        assertThat(security)
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("readOnlyRootFilesystem", true);
        assertThat(list(map(security, "capabilities"), "drop")).hasToString("[ALL]");
        assertThat(map(container, "resources")).containsKeys("requests", "limits");
        assertThat(kinds()).contains("NetworkPolicy", "PodDisruptionBudget", "Service", "ServiceAccount", "ConfigMap");
    }

    @Test
    void the_probes_ask_addresses_that_the_application_answers() throws IOException {
        var root = "/q/" + artefact().getProperty("quarkus.smallrye-health.root-path");
        var container = container();

        assertThat(Stream.of("startupProbe", "readinessProbe", "livenessProbe")
                        .map(probe -> text(map(map(container, probe), "httpGet"), "path")))
                .containsExactly(root + "/started", root + "/ready", root + "/live");
    }

    @Test
    void the_secrets_of_the_pod_are_references() throws IOException {
        assertThat(list(container(), "env"))
                .isNotEmpty()
                .allSatisfy(
                        variable -> assertThat(map(cast(variable), "valueFrom")).containsKey("secretKeyRef"));
    }

    @Test
    void the_process_is_given_the_time_that_it_takes_to_stop() throws IOException {
        var pod = map(map(map(deployment(), "spec"), "template"), "spec");
        var compose = map(map(yaml(COMPOSE).getFirst(), "services"), "venule");
        var stopping = Integer.parseInt(
                artefact().getProperty("quarkus.shutdown.timeout").replace("s", ""));

        assertThat((Integer) pod.get("terminationGracePeriodSeconds")).isGreaterThan(stopping);
        assertThat(Integer.parseInt(text(compose, "stop_grace_period").replace("s", "")))
                .isGreaterThan(stopping);
    }

    @Test
    void the_image_runs_without_root_on_a_base_without_a_shell() throws IOException {
        var artefact = artefact();

        assertThat(artefact.getProperty("quarkus.jib.user")).isEqualTo("65532");
        assertThat(artefact.getProperty("quarkus.jib.ports")).isEqualTo("8080");
        assertThat(artefact.getProperty("quarkus.jib.base-jvm-image")).contains("distroless/java25");
        assertThat(artefact.getProperty("quarkus.jib.jvm-entrypoint").split(","))
                .startsWith("java")
                .endsWith("-jar", "quarkus-run.jar")
                .contains("--add-opens=java.base/java.lang=ALL-UNNAMED");
    }

    @Test
    void every_file_runs_the_same_image() throws IOException {
        var artefact = artefact();
        var image = artefact.getProperty("quarkus.container-image.group") + "/"
                + artefact.getProperty("quarkus.container-image.name") + ":";

        assertThat(text(container(), "image")).startsWith(image);
        assertThat(text(map(map(yaml(COMPOSE).getFirst(), "services"), "venule"), "image"))
                .isEqualTo(text(container(), "image"));
    }

    private static boolean mustBeSaid(String setting) {
        return StartCheck.SETTINGS.stream()
                .map(io.smallrye.config.ConfigMappings.ConfigClass::configClass)
                .map(io.smallrye.config.ConfigMappings::getProperties)
                .flatMap(properties -> properties.entrySet().stream())
                .filter(property -> property.getKey().equals(setting))
                .anyMatch(property -> !property.getValue().hasDefaultValue()
                        && !property.getValue().isOptional());
    }

    private static Set<String> documentedVariables() throws IOException {
        return Pattern.compile("\\| `([A-Z0-9_]+)` \\|")
                .matcher(Files.readString(ConfigurationDocsTest.DOCUMENT))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Map<String, String> composeEnvironment(String service) throws IOException {
        return strings(map(map(map(yaml(COMPOSE).getFirst(), "services"), service), "environment"));
    }

    private static Map<String, String> settings(Path folder) throws IOException {
        return strings(map(yaml(folder.resolve("settings.yaml")).getFirst(), "data"));
    }

    private static List<String> secretVariables() throws IOException {
        return list(container(), "env").stream()
                .map(variable -> text(cast(variable), "name"))
                .toList();
    }

    private static Map<String, Object> deployment() throws IOException {
        return yaml(BASE.resolve("deployment.yaml")).getFirst();
    }

    private static Map<String, Object> container() throws IOException {
        return cast(list(map(map(map(deployment(), "spec"), "template"), "spec"), "containers")
                .getFirst());
    }

    private static List<String> kinds() throws IOException {
        var kinds = new ArrayList<String>();
        for (var folder : List.of(BASE, EXAMPLE)) {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    yaml(file).forEach(document -> kinds.add(text(document, "kind")));
                }
            }
        }
        return kinds;
    }

    private static Properties artefact() throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src", "main", "resources", "application.properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    private static List<Map<String, Object>> yaml(Path file) throws IOException {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (var reader = Files.newBufferedReader(file)) {
            return StreamSupport.stream(
                            new Yaml(new SafeConstructor(options))
                                    .loadAll(reader)
                                    .spliterator(),
                            false)
                    .map(ShippingTest::cast)
                    .toList();
        }
    }

    private static Map<String, Object> map(Map<String, Object> from, String key) {
        return cast(from.getOrDefault(key, Map.of()));
    }

    private static List<?> list(Map<String, Object> from, String key) {
        return (List<?>) from.getOrDefault(key, List.of());
    }

    private static String text(Map<String, Object> from, String key) {
        return String.valueOf(from.get(key));
    }

    private static Map<String, String> strings(Map<String, Object> from) {
        var strings = new TreeMap<String, String>();
        from.forEach((key, value) -> strings.put(key, String.valueOf(value)));
        return strings;
    }

    private static Map<String, Object> cast(Object value) {
        var copy = new TreeMap<String, Object>();
        ((Map<?, ?>) value).forEach((key, entry) -> copy.put(String.valueOf(key), entry));
        return copy;
    }
}
