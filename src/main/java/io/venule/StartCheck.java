package io.venule;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.venule.messaging.MessagingSettings;
import io.venule.opcua.OpcUaSettings;
import io.venule.store.StoreSettings;
import io.venule.web.WebSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * May Venule start with these settings? Answers with every reason against it at once: a missing, unknown or malformed
 * {@code venule.*} setting, also when it was given as an environment variable, and in clinical mode everything of the demo.
 * Needs no database and no network.
 */
final class StartCheck {
    /** Every settings interface there is; a test compares. */
    static final List<Class<?>> SETTINGS = List.of(
            VenuleSettings.class, MessagingSettings.class, OpcUaSettings.class, StoreSettings.class, WebSettings.class);

    /** Settings of others without which nothing works. */
    private static final List<String> ADDRESSES =
            List.of("quarkus.datasource.jdbc.url", "quarkus.oidc.auth-server-url");

    private static final Pattern MISSING = Pattern.compile("SRCFG00014: The config property (\\S+) is required");
    private static final Pattern UNKNOWN = Pattern.compile("SRCFG00050: (\\S+) in (.*) does not map to any root");
    private static final String ENVIRONMENT_PREFIX = "VENULE_";
    /** Above the artefact's own defaults in other sources, below the files and variables of an installation. */
    private static final int ARTEFACT_ORDINAL = 240;

    private StartCheck() {}

    /** The reasons against starting this process; none when it may start. Library and keys are looked at when the settings are good. */
    static List<String> ofThisProcess() {
        var artefact = Thread.currentThread().getContextClassLoader().getResource("application.properties");
        try {
            var builder = ConfigUtils.configBuilder();
            if (artefact != null) {
                builder.withSources(new PropertiesConfigSource(artefact, ARTEFACT_ORDINAL));
            }
            var config = builder.build();
            var reasons = refusals(config, System.getenv().keySet());
            return reasons.isEmpty()
                    ? FileCheck.refusals(config.getConfigMapping(VenuleSettings.class), InstantSource.system())
                    : reasons;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reasons against starting with these settings in an environment with variables of these names. */
    static List<String> refusals(SmallRyeConfig config, Collection<String> environment) {
        var reasons = new ArrayList<String>();
        reasons.addAll(wrongSettings(config));
        reasons.addAll(missingAddresses(config));
        reasons.addAll(unknownVariables(environment));
        if (config.getOptionalValue("venule.mode", String.class)
                .filter("clinical"::equalsIgnoreCase)
                .isPresent()) {
            reasons.addAll(ClinicalCheck.refusals(config));
        }
        return List.copyOf(reasons);
    }

    private static List<String> wrongSettings(SmallRyeConfig config) {
        try {
            ConfigMappings.registerConfigMappings(
                    config, SETTINGS.stream().map(ConfigClass::configClass).collect(Collectors.toSet()));
            return List.of();
        } catch (ConfigValidationException e) {
            return IntStream.range(0, e.getProblemCount())
                    .mapToObj(i -> inOurWords(e.getProblem(i).getMessage()))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    static String inOurWords(String problem) {
        var missing = MISSING.matcher(problem);
        if (missing.find()) {
            return missing.group(1) + " is missing";
        }
        var unknown = UNKNOWN.matcher(problem);
        return unknown.find()
                ? unknown.group(1) + " is no setting of Venule; it stands in " + unknown.group(2)
                : problem;
    }

    private static List<String> missingAddresses(SmallRyeConfig config) {
        return ADDRESSES.stream()
                .filter(name -> config.getOptionalValue(name, String.class).isEmpty())
                .map(name -> name + " is missing")
                .toList();
    }

    /** A misspelt variable is silently no setting at all, so its name is compared with those that exist. */
    private static List<String> unknownVariables(Collection<String> environment) {
        var known = names().map(StartCheck::variable).collect(Collectors.toSet());
        return environment.stream()
                .filter(name -> name.startsWith(ENVIRONMENT_PREFIX))
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> "The environment variable " + name + " is no setting of Venule")
                .toList();
    }

    /** The names of all settings. */
    static Stream<String> names() {
        return SETTINGS.stream()
                .map(ConfigClass::configClass)
                .flatMap(type -> ConfigMappings.getProperties(type).keySet().stream());
    }

    /** The environment variable that gives the setting of this name. */
    static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    static Set<String> sortedNames() {
        return names().collect(Collectors.toCollection(TreeSet::new));
    }
}
