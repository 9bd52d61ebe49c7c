package io.venule.stack;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The packaged application as its own process, the artefact that runs in production: waited for until ready, killed as by a power cut,
 * started again on the same port.
 */
public final class VenuleProcess implements AutoCloseable {
    /** About 5 s on two idle cores. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);

    static final Path ARTEFACT = Path.of("target", "quarkus-app", "quarkus-run.jar");
    /** As in pom.xml, "jdk.opens"; and what suits a process that lives for a demo. */
    static final List<String> JDK_FLAGS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.security.provider.certpath=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // Starts sooner, and the machine is shared with everything else: an installation keeps the second compiler.
            "-XX:TieredStopAtLevel=1",
            "-Xmx768m");

    private final String name;
    private final RunFolder folder;
    private final Watchdog watchdog;
    private final URI address;
    private final Path settings;
    private ChildProcess process;

    private VenuleProcess(VenuleStack stack, String name, URI address, Path settings) throws IOException {
        this.name = name;
        this.folder = stack.folder();
        this.watchdog = stack.watchdog();
        this.address = address;
        this.settings = settings;
        this.process = launch();
    }

    /** Starts the artefact against the stack with its settings, and waits until it is ready. The stack closes it. */
    public static VenuleProcess start(VenuleStack stack) throws IOException, InterruptedException {
        return start(stack, Map.of());
    }

    /** The same, with these settings instead of the stack's own. */
    static VenuleProcess start(VenuleStack stack, Map<String, String> others) throws IOException, InterruptedException {
        var all = settings(stack);
        all.putAll(others);
        var settings = write(all, stack.folder().root().resolve("application.properties"));
        var venule = new VenuleProcess(stack, "venule", stack.applicationAddress(), settings);
        stack.attach(venule);
        venule.awaitReady();
        return venule;
    }

    /** One more server on the same stack, on a port of its own; not waited for. The stack closes it. */
    static VenuleProcess launchBeside(VenuleStack stack, String name) throws IOException {
        var port = Integer.toString(VenuleStack.freePort());
        var own = settings(stack);
        own.put("quarkus.http.port", port);
        own.put("venule.messaging.gateway", name);
        var settings = write(own, stack.folder().root().resolve(name + ".properties"));
        var venule = new VenuleProcess(stack, name, URI.create("http://127.0.0.1:" + port), settings);
        stack.attach(venule);
        return venule;
    }

    /** Those of the stack. Nobody is cared for here: whoever still waits for a pump when it is told to end is not waited for as long as in a hospital. */
    private static Map<String, String> settings(VenuleStack stack) throws IOException {
        var all = new TreeMap<>(stack.settings());
        all.put("quarkus.shutdown.timeout", "1s");
        return all;
    }

    /** A file that only its owner reads: a secret on the command line shows in every process list. */
    private static Path write(Map<String, String> settings, Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var properties = new Properties();
        properties.putAll(settings);
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private ChildProcess launch() throws IOException {
        if (!Files.exists(ARTEFACT)) {
            throw new IllegalStateException(ARTEFACT + " not found; run: mvn package -DskipTests");
        }
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JDK_FLAGS);
        command.add("-Dquarkus.config.locations=" + settings.toUri());
        command.add("-jar");
        command.add(ARTEFACT.toString());
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("QUARKUS_") || key.startsWith("VENULE_"));
        var started = ChildProcess.start(name, builder, folder.log(name));
        watchdog.minds(started.pid());
        return started;
    }

    void awaitReady() throws IOException, InterruptedException {
        process.awaitReady(address.resolve("/q/health/ready"), READY_LIMIT);
    }

    public URI address() {
        return address;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with SIGKILL: no shutdown code of the application runs. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Stops it where it stands, with SIGSTOP; it knows nothing of it when it goes on. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on after {@link #freeze}. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("no signal " + signal + " to " + name);
        }
    }

    /** Starts it again with the same settings on the same port, and waits until it is ready. */
    public void restart() throws IOException, InterruptedException {
        if (process.isAlive()) {
            throw new IllegalStateException("still running");
        }
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }
}
