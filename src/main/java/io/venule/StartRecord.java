package io.venule;

import io.quarkus.runtime.StartupEvent;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.druglibrary.DrugLibrary;
import io.venule.order.AuditTrail;
import io.venule.signing.Digest;
import io.venule.signing.KeyFiles;
import io.venule.signing.VerifyingKey;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Writes into the audit log with what the system started: mode, library, keys by their ids and all settings of ours by one hash, so that a
 * start with another key or another setting shows. No value of a setting stands there.
 */
@Singleton
final class StartRecord {
    /** After the log was checked, before anything else of ours. */
    private static final int SECOND = 2;

    private final AuditTrail trail;
    private final DrugLibrary library;
    private final VenuleSettings settings;
    private final Config config;
    private final InstantSource clock;

    StartRecord(AuditTrail trail, DrugLibrary library, VenuleSettings settings, Config config, InstantSource clock) {
        this.trail = trail;
        this.library = library;
        this.settings = settings;
        this.config = config;
        this.clock = clock;
    }

    void started(@Observes @Priority(SECOND) StartupEvent event) {
        trail.append(AuditEntry.bySystem(AuditKind.CONFIGURATION, clock.instant())
                .under(library.version().counter(), new Digest(library.version().sha256()))
                .with("mode", settings.mode().name())
                .with("log", settings.audit().origin())
                .with("root", key("root.pub"))
                .with("orderKey", signingKey("order.key"))
                .with("checkpointKey", signingKey("checkpoint.key"))
                .with("java", String.valueOf(Runtime.version()))
                .with("settings", hashOfSettings()));
    }

    private String key(String file) {
        return id(KeyFiles.verifyingKey(settings.keys().directory().resolve(file)));
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
