package io.venule;

import io.smallrye.config.SmallRyeConfig;
import io.venule.VenuleSettings.Mode;
import io.venule.pump.EnrolledPump;
import io.venule.signing.PublishedKeys;
import io.venule.signing.VerifyingKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must not be near patients: the demo's realm, keys and parts, a connection without TLS, simulated pumps. Names each one it finds.
 * Source: DESIGN.md, "Commands"; the demo's own marks are in ops/keycloak and {@code ops/make-keys}.
 */
final class ClinicalCheck {
    /** The realm of the demo's users. */
    static final String DEMO_REALM = "venule-demo";
    /** The demo leaves a file of this name beside the keys it made. */
    static final String DEMO_KEYS = "demo-keys";

    /** Names that never belong to a real log. Source: RFC 2606. */
    private static final Pattern RESERVED = Pattern.compile("(.*\\.)?(invalid|test|example|localhost)(/.*)?");

    private static final Pattern LOOPBACK = Pattern.compile(
            "(?i)(^vm:.*)|.*//([^/@]*@)?(localhost|127\\.[0-9.]+|\\[?(::1|0:0:0:0:0:0:0:1)]?)([:/?;,)].*)?");

    /** Each outside part and the setting that holds its address. The demo's own parts listen on loopback only. */
    private static final Map<String, String> PARTS = Map.of(
            "quarkus.datasource.jdbc.url", "the database",
            "quarkus.artemis.url", "the broker",
            "quarkus.oidc.auth-server-url", "the sign-in server");

    private ClinicalCheck() {}

    /** The reasons in the settings against clinical use. */
    static List<String> refusals(SmallRyeConfig config) {
        var reasons = new ArrayList<String>();
        setting(config, "quarkus.oidc.auth-server-url").ifPresent(address -> reasons.addAll(signIn(address)));
        PARTS.keySet().stream()
                .sorted()
                .forEach(name -> setting(config, name)
                        .filter(address -> LOOPBACK.matcher(address).matches())
                        .ifPresent(address -> reasons.add("Clinical mode: " + PARTS.get(name) + " is an embedded part; "
                                + name + " points to this machine itself")));
        reasons.addAll(inClear(config));
        setting(config, "venule.keys.directory").ifPresent(folder -> reasons.addAll(keys(Path.of(folder))));
        setting(config, "venule.keys.orders").ifPresent(folder -> reasons.addAll(keys(Path.of(folder))));
        setting(config, "venule.audit.origin")
                .filter(origin -> RESERVED.matcher(origin).matches())
                .ifPresent(origin -> reasons.add(
                        "Clinical mode: venule.audit.origin " + origin + " is a name for demos and tests only"));
        return List.copyOf(reasons);
    }

    private static List<String> signIn(String address) {
        var demo = address.matches(".*/realms/" + DEMO_REALM + "/?")
                ? Stream.of("Clinical mode: quarkus.oidc.auth-server-url names the demo realm " + DEMO_REALM)
                : Stream.<String>empty();
        var plain = address.startsWith("https://")
                ? Stream.<String>empty()
                : Stream.of("Clinical mode: quarkus.oidc.auth-server-url must begin with https://");
        return Stream.concat(demo, plain).toList();
    }

    /** Orders and patients travel to the database and the broker: only to the server whose certificate was checked. T-18. */
    private static List<String> inClear(SmallRyeConfig config) {
        var reasons = new ArrayList<String>();
        setting(config, "quarkus.datasource.jdbc.url")
                .filter(address -> !address.matches(".*[?&]sslmode=verify-full(&.*)?"))
                .filter(address -> setting(config, "quarkus.datasource.jdbc.additional-jdbc-properties.sslmode")
                        .filter("verify-full"::equals)
                        .isEmpty())
                .ifPresent(address ->
                        reasons.add("Clinical mode: quarkus.datasource.jdbc.url must say sslmode=verify-full"));
        setting(config, "quarkus.artemis.url").ifPresent(address -> {
            if (!address.matches(".*[?&;]sslEnabled=true([&;,)].*)?")) {
                reasons.add("Clinical mode: quarkus.artemis.url must say sslEnabled=true");
            }
            if (address.matches(".*(trustAll=true|verifyHost=false).*")) {
                reasons.add(
                        "Clinical mode: quarkus.artemis.url must not trust every broker; remove trustAll and verifyHost");
            }
        });
        return reasons;
    }

    private static List<String> keys(Path folder) {
        var reasons = new ArrayList<String>();
        if (Files.exists(folder.resolve(DEMO_KEYS))) {
            reasons.add(
                    "Clinical mode: venule.keys.directory holds keys of the demo (the file " + DEMO_KEYS + " says so)");
        }
        PublishedKeyFiles.in(folder)
                .forEach(file -> reasons.add(
                        "Clinical mode: venule.keys.directory holds a test key that everybody knows, in " + file));
        return reasons;
    }

    /** The pumps in the inventory that are simulated or use a published record key; clinical mode refuses them one by one. */
    static List<String> simulatedPumps(Mode mode, Collection<EnrolledPump> inventory) {
        return switch (mode) {
            case TRAINING -> List.of();
            case CLINICAL ->
                inventory.stream()
                        .flatMap(pump -> notForPatients(pump)
                                .map(why ->
                                        "Clinical mode: pump " + pump.serial().value() + " in the inventory " + why))
                        .sorted()
                        .toList();
        };
    }

    private static Stream<String> notForPatients(EnrolledPump pump) {
        var simulated = pump.simulated() ? Stream.of("is simulated") : Stream.<String>empty();
        var published = VerifyingKey.parse(pump.recordKey())
                .map(VerifyingKey::id)
                .filter(PublishedKeys::hold)
                .map(id -> "has a test key that everybody knows")
                .stream();
        return Stream.concat(simulated, published);
    }

    private static Optional<String> setting(SmallRyeConfig config, String name) {
        return config.getOptionalValue(name, String.class).map(String::strip);
    }
}
