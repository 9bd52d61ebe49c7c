package io.venule.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * A real PostgreSQL 18 on a free loopback port, with password sign-in from its first moment, one database and one role for each user of it.
 * The data folder may be kept; closing stops the server.
 */
public final class EmbeddedPostgres18 implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final Secrets secrets;

    private EmbeddedPostgres18(EmbeddedPostgres server, Secrets secrets) {
        this.server = server;
        this.secrets = secrets;
    }

    static EmbeddedPostgres18 start(RunFolder folder, Secrets secrets) throws IOException {
        return start(folder, secrets, Map.of());
    }

    /** The same with more of the server's own settings. */
    static EmbeddedPostgres18 start(RunFolder folder, Secrets secrets, Map<String, String> more) throws IOException {
        var password = secrets.of("postgresql.superuser");
        var passwordFile = passwordFile(folder, password);
        var log = ProcessBuilder.Redirect.appendTo(folder.log("postgresql").toFile());
        try {
            var builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            Cache.folder().resolve("postgresql").toFile())
                    .setDataDirectory(folder.data("postgresql"))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .setLocaleConfig("locale", "C.UTF-8")
                    // Later options win over the builder's own "trust": no moment without a password.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setConnectConfig("password", password)
                    // The builder turns fsync off; "recorded before acted" would then be untrue.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    // No socket file in a folder that every user may write.
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "200")
                    .setOutputRedirector(log)
                    .setErrorRedirector(log);
            more.forEach(builder::setServerConfig);
            return new EmbeddedPostgres18(builder.start(), secrets);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private static Path passwordFile(RunFolder folder, String password) throws IOException {
        var file = Files.createTempFile(
                folder.root(),
                "postgresql",
                ".password",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, password + "\n");
    }

    /** The database of this name with its owner of the same name; made on first use. */
    public Database database(String name) {
        if (!name.matches("[a-z]{1,20}")) {
            throw new IllegalArgumentException("database name must be 1 to 20 letters a to z: " + name);
        }
        var database = new Database(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, name, secrets.of("postgresql." + name));
        try (var connection = connect()) {
            create(connection, database);
        } catch (SQLException e) {
            throw new IllegalStateException("could not make database " + name, e);
        }
        return database;
    }

    private Connection connect() throws SQLException {
        return server.getPostgresDatabase(Map.of("password", secrets.of("postgresql.superuser")))
                .getConnection();
    }

    private static void create(Connection connection, Database database) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var found =
                    statement.executeQuery("select 1 from pg_database where datname = '" + database.user() + "'")) {
                if (found.next()) {
                    return;
                }
            }
            // Neither name nor generated password can hold a quote.
            statement.execute("create role " + database.user() + " login password '" + database.password() + "'");
            statement.execute("create database " + database.user() + " owner " + database.user());
        }
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** Where and as whom to connect. */
    public record Database(String url, String user, String password) {
        @Override
        public String toString() {
            return url;
        }
    }
}
