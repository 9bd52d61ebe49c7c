package io.venule.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Keycloak's tables as the server itself writes them down, once for each of its versions, in {@link Cache}: on a database that holds them it is ready
 * in about half the time. A server that finds other tables than its own there ends instead of mending them.
 */
final class KeycloakTables {
    private static final String NAME = "keycloak-" + KeycloakDistribution.VERSION + "-tables.sql";
    /** About 8 s on two idle cores; a loaded machine takes several times as long. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final String JPA = "--spi-connections-jpa--quarkus--";
    /** Liquibase's list of its own changes: it makes that before it writes down what belongs in it. */
    private static final String CHANGES = """
            CREATE TABLE IF NOT EXISTS public.databasechangelog (
                id VARCHAR(255) NOT NULL, author VARCHAR(255) NOT NULL, filename VARCHAR(255) NOT NULL,
                dateexecuted TIMESTAMP NOT NULL, orderexecuted INTEGER NOT NULL, exectype VARCHAR(10) NOT NULL,
                md5sum VARCHAR(35), description VARCHAR(255), comments VARCHAR(255), tag VARCHAR(255),
                liquibase VARCHAR(20), contexts VARCHAR(255), labels VARCHAR(255), deployment_id VARCHAR(10));
            """;

    private KeycloakTables() {}

    /** Makes them where the database is empty; returns the options for a start on it. A database that was kept is the server's own to bring up to date. */
    static List<String> optionsFor(Path home, EmbeddedKeycloak.Setup setup) throws IOException, InterruptedException {
        var database = setup.database();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            if (!isEmpty(connection)) {
                return List.of();
            }
            var tables = Files.readString(written(home, setup));
            try (var statement = connection.createStatement()) {
                // Sent as one, so that either all of it is there or none.
                statement.execute(CHANGES + tables);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the identity server's tables could not be made from " + file(), e);
        }
        return List.of(JPA + "migration-strategy=validate", JPA + "initialize-empty=false");
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("select 1 from pg_tables where schemaname = 'public'")) {
            return !found.next();
        }
    }

    private static Path file() throws IOException {
        return Cache.folder().resolve(NAME);
    }

    private static Path written(Path home, EmbeddedKeycloak.Setup setup) throws IOException, InterruptedException {
        var file = file();
        Cache.alone(NAME, () -> {
            if (!Files.exists(file)) {
                write(home, setup, file);
            }
        });
        return file;
    }

    /** A server that is told to leave an empty database alone writes down what it would have done, and ends. */
    private static void write(Path home, EmbeddedKeycloak.Setup setup, Path file)
            throws IOException, InterruptedException {
        var written = home.resolve("data").resolve("tables.sql");
        Files.deleteIfExists(written);
        var command = EmbeddedKeycloak.command(
                home,
                setup,
                List.of(
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + FreePort.find(),
                        "--http-management-host=127.0.0.1",
                        "--http-management-port=" + FreePort.find(),
                        "--hostname-strict=false",
                        JPA + "migration-strategy=manual",
                        JPA + "initialize-empty=false",
                        JPA + "migration-export=" + written));
        try (var server = ChildProcess.start("keycloak", command, setup.folder().log("keycloak"))) {
            server.awaitEndSaying("please initialize database with " + written, LIMIT);
        }
        // First beside its place: nobody finds half of it.
        var whole = Files.copy(written, file.resolveSibling(NAME + ".new"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
