package io.venule.stack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The Keycloak server as its project publishes it to Maven, unpacked once into {@link Cache}, built once for PostgreSQL with health on,
 * and shared read-only by every instance. Safe when two processes come at the same time: one works, the other waits.
 */
final class KeycloakDistribution {
    static final String VERSION = "26.7.3";

    private static final String NAME = "keycloak-" + VERSION;
    private static final String ARCHIVE = "keycloak-quarkus-dist-" + VERSION + ".tar.gz";
    /** About 20 s on two idle cores; a loaded machine takes several times as long. */
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);

    private KeycloakDistribution() {}

    /** The unpacked and built server's home; the first call on a machine takes about 25 s. */
    static Path home() throws IOException, InterruptedException {
        var home = Cache.folder().resolve(NAME);
        var ready = home.resolve(".venule-ready");
        Cache.alone(NAME, () -> {
            if (!Files.exists(ready)) {
                RunFolder.deleteTree(home);
                unpack(archive(), home);
                build(home);
                Files.createFile(ready);
            }
        });
        return home;
    }

    private static Path archive() {
        return Stream.of(
                        Path.of("target", "keycloak", ARCHIVE),
                        Path.of(System.getProperty("user.home"), ".m2", "repository", "org", "keycloak")
                                .resolve(Path.of("keycloak-quarkus-dist", VERSION, ARCHIVE)))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(ARCHIVE + " not found; run: mvn package -DskipTests"));
    }

    private static void unpack(Path archive, Path home) throws IOException {
        try (var file = new BufferedInputStream(Files.newInputStream(archive));
                var tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var target = inside(home, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                }
            }
        }
    }

    /** The entry's place without the archive's top folder; an entry that leads outside is refused. */
    private static Path inside(Path home, String name) {
        var path = Path.of(name).normalize();
        var target = path.getNameCount() == 1
                ? home
                : home.resolve(path.subpath(1, path.getNameCount())).normalize();
        if (path.isAbsolute() || !target.startsWith(home)) {
            throw new IllegalStateException("archive entry leads outside: " + name);
        }
        return target;
    }

    private static void build(Path home) throws IOException, InterruptedException {
        var command = new ProcessBuilder(command(
                home, "build", "--db=postgres", "--health-enabled=true", "--features-disabled=ciba,par,kerberos"));
        environment(command);
        try (var build = ChildProcess.start("keycloak build", command, home.resolve("build.log"))) {
            build.awaitExit(BUILD_LIMIT);
        }
    }

    /** The server's own start script under the shell; the unpacked file carries no execute permission. */
    static List<String> command(Path home, String... arguments) {
        return Stream.concat(
                        Stream.of(
                                "/bin/sh", home.resolve("bin").resolve("kc.sh").toString()),
                        Stream.of(arguments))
                .toList();
    }

    /** The JDK that runs this program runs the server too. */
    static void environment(ProcessBuilder command) {
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().keySet().removeIf(key -> key.startsWith("KC_") || key.equals("JAVA_OPTS"));
        // A server that lives for a demo or a test run starts sooner without the second compiler.
        command.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    }
}
