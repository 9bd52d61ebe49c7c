package io.venule.stack;

import io.venule.signing.KeyCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL, Artemis and keys without Keycloak: what the tests of record and messages need, started in a few seconds. */
public final class Backbone implements AutoCloseable {
    private final RunFolder folder;
    private final DemoKeys keys;
    private final EmbeddedPostgres18 postgres;
    private final EmbeddedPostgres18.Database database;
    private final EmbeddedArtemis artemis;

    private Backbone(RunFolder folder) throws IOException {
        this.folder = folder;
        this.keys = DemoKeys.in(folder, List.of(KeyCertificate.EVERY_SCOPE));
        var secrets = new Secrets(folder);
        this.postgres = EmbeddedPostgres18.start(folder, secrets);
        this.database = postgres.database("venule");
        this.artemis = EmbeddedArtemis.start(folder, secrets);
    }

    public static Backbone start() throws IOException {
        return new Backbone(RunFolder.forTests());
    }

    public EmbeddedPostgres18.Database database() {
        return database;
    }

    public EmbeddedArtemis artemis() {
        return artemis;
    }

    public Path keys() {
        return folder.keys();
    }

    /** The settings with which the application finds all of it. */
    public Map<String, String> settings() throws IOException {
        var settings = new LinkedHashMap<String, String>();
        settings.put("quarkus.datasource.jdbc.url", database.url());
        settings.put("quarkus.datasource.username", database.user());
        settings.put("quarkus.datasource.password", database.password());
        settings.put("quarkus.artemis.url", artemis.address().toString());
        settings.put("quarkus.artemis.username", artemis.user());
        settings.put("quarkus.artemis.password", artemis.password());
        settings.put("venule.mode", "training");
        settings.put("venule.hospital", "Test hospital");
        settings.put(
                "venule.library.directory",
                Path.of("drug-library").toAbsolutePath().toString());
        settings.putAll(keys.settings());
        return settings;
    }

    @Override
    public void close() throws IOException {
        artemis.close();
        postgres.close();
        folder.close();
    }
}
