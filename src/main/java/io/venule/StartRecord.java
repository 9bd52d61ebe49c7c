package io.venule;

import io.quarkus.runtime.StartupEvent;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.order.AuditTrail;
import io.venule.release.ActiveRelease;
import io.venule.signing.Digest;
import io.venule.signing.KeyFiles;
import io.venule.signing.VerifyingKey;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Writes into the audit log with what the system started: mode, library, keys by their ids and all settings of ours by one hash, and what differs from
 * the last start; and which release of the drug library became the active one. No value of a setting stands there.
 */
@Singleton
final class StartRecord {
    /** After the log was checked, before anything else of ours. */
    private static final int SECOND = 2;

    private static final int KEY_ID = 16;
    /** Wards named one by one; a hospital has as many. */
    private static final int MOST_NAMED = 64;

    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

    private final AuditTrail trail;
    private final AuditLog log;
    private final ReleaseRecord releases;
    private final ActiveRelease active;
    private final VenuleSettings settings;
    private final Config config;
    private final OrderKeyFolder orders;
    private final RevocationRecord revocations;
    private final InstantSource clock;

    StartRecord(
            AuditTrail trail,
            AuditLog log,
            ReleaseRecord releases,
            ActiveRelease active,
            VenuleSettings settings,
            Config config,
            OrderKeyFolder orders,
            RevocationRecord revocations,
            InstantSource clock) {
        this.log = log;
        this.releases = releases;
        this.trail = trail;
        this.active = active;
        this.settings = settings;
        this.config = config;
        this.orders = orders;
        this.revocations = revocations;
        this.clock = clock;
    }

    void started(@Observes @Priority(SECOND) StartupEvent event) {
        revocations.atStart();
        releases.whatWasPublished();
        var start = start();
        var changed = newest().map(before -> changes(before, start)).orElse(List.of());
        trail.append(start.with("changed", changed));
        releases.atStart();
    }

    private AuditEntry start() {
        return underLibrary(AuditEntry.bySystem(AuditKind.CONFIGURATION, clock.instant()))
                .with("mode", settings.mode().name())
                .with("log", settings.audit().origin())
                .with("root", key("root.pub"))
                .with("orderKey", orderKeys())
                .with("checkpointKey", signingKey("checkpoint.key"))
                .with("dataKey", secret("data.key"))
                .with("pairingKey", secret("pairing.key"))
                .with("java", String.valueOf(Runtime.version()))
                .with("settings", hashOfSettings());
    }

    private AuditEntry underLibrary(AuditEntry entry) {
        return entry.under(
                active.version().counter(), new Digest(active.version().sha256()));
    }

    private Optional<AuditEntry> newest() {
        var about = new AuditLog.About("", "", "", "", "", AuditKind.CONFIGURATION.name());
        return log.find(new AuditLog.Search(about, Instant.EPOCH, EVER, Long.MAX_VALUE, 1)).stream()
                .map(AuditLog.Logged::entry)
                .findFirst();
    }

    /** By name, what this start does not have in common with the one before. */
    private static List<String> changes(AuditEntry before, AuditEntry now) {
        var changed = now.details().members().entrySet().stream()
                .filter(detail ->
                        !detail.getValue().equals(before.details().members().get(detail.getKey())))
                .map(Map.Entry::getKey);
        return Stream.concat(changed, before.library().equals(now.library()) ? Stream.of() : Stream.of("library"))
                .toList();
    }

    /** A secret is random enough for the beginning of its hash to say nothing but whether it is the same. */
    private String secret(String file) {
        return Digest.of(KeyFiles.secret(settings.keys().directory().resolve(file)))
                .hex()
                .substring(0, KEY_ID);
    }

    private String key(String file) {
        return id(KeyFiles.verifyingKey(settings.keys().directory().resolve(file)));
    }

    /** Which key signs for which ward at this start. */
    private String orderKeys() {
        var now = clock.instant();
        var keys = orders.now();
        return keys.scopes().stream()
                .flatMap(scope -> keys.signing(scope, now, now).stream())
                .map(held ->
                        held.certificate().scope() + " " + held.certificate().id())
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
    }

    private String signingKey(String file) {
        return id(KeyFiles.signingKey(settings.keys().directory().resolve(file)).verifyingKey());
    }

    private static String id(VerifyingKey key) {
        return key.id().toString();
    }

    private Digest hashOfSettings() {
        return Digest.ofText(StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("venule."))
                .sorted()
                .distinct()
                .map(name ->
                        name + "=" + config.getOptionalValue(name, String.class).orElse(""))
                .collect(Collectors.joining("\n")));
    }
}
