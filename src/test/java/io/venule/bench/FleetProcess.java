package io.venule.bench;

import io.venule.opcua.ChaosProxy;
import io.venule.opcua.ChaosProxy.Weather;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.signing.SigningKey;
import io.venule.simulator.BareFleet;
import io.venule.simulator.FleetCa;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.FleetPump;
import io.venule.simulator.SimulatorFleet;
import io.venule.simulator.WardKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Pumps, or bare servers, in a process of their own, so that what is measured in this one is the client's side alone. The certificate
 * authority is kept in a folder that both processes read. Ends when its input ends, which it does when this process is gone.
 */
final class FleetProcess implements AutoCloseable {
    private static final String READY = "READY";
    private static final int ANSWER = 900;
    private static final URI NO_PANEL = URI.create("about:blank");
    /** A Milo server takes about seven. */
    private static final int MEBIBYTES_EACH = 10;

    private final Process process;
    private final List<EnrolledPump> servers = new ArrayList<>();
    private final Map<PumpSerial, URI> panels = new HashMap<>();

    /** What runs there. */
    enum Kind {
        PUMPS,
        /** Pumps behind a network that can be parted. */
        PARTABLE,
        BARE
    }

    private FleetProcess(Process process) throws IOException {
        this.process = process;
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = said.readLine(); !READY.equals(line); line = said.readLine()) {
            if (line == null) {
                throw new IOException("the fleet ended before it was ready");
            }
            if (line.startsWith("server\t")) {
                var parts = line.split("\t", -1);
                servers.add(read(parts));
                panels.put(servers.getLast().serial(), URI.create(parts[6]));
            }
        }
    }

    /** @param channels of each; more than one is a rack, and bare servers have none */
    static FleetProcess start(Kind kind, int count, int channels, Path folder) throws IOException {
        authority(folder);
        return new FleetProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Xmx" + (512 + MEBIBYTES_EACH * count) + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FleetProcess.class.getName(),
                        kind.name(),
                        Integer.toString(count),
                        Integer.toString(channels),
                        folder.toString())
                .redirectError(folder.resolve(kind + ".log").toFile())
                .start());
    }

    /** The authority that certifies both sides. */
    static FleetCa authority(Path folder) {
        return FleetCa.keptIn(folder, "Bench CA", Instant.now(), new SecureRandom());
    }

    /** The keys that these pumps were set up with. */
    static WardKeys keys() {
        return new WardKeys(key(1), key(2), key(3), key(4), Instant.now());
    }

    private static SigningKey key(int number) {
        var seed = new byte[SigningKey.SEED_SIZE];
        Arrays.fill(seed, (byte) number);
        return SigningKey.ofSeed(seed);
    }

    /** Where they are and by which certificate they are known. */
    List<EnrolledPump> servers() {
        return List.copyOf(servers);
    }

    /** The page with the pump's keys. */
    URI panel(EnrolledPump pump) {
        return Objects.requireNonNull(panels.get(pump.serial()));
    }

    /** What the network between this process and all of its pumps does from now on. */
    void network(Weather weather) throws IOException {
        var out = process.getOutputStream();
        out.write((weather + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    public static void main(String[] arguments) throws IOException {
        Figures.logAsTheProduct();
        var count = Integer.parseInt(arguments[1]);
        var channels = Integer.parseInt(arguments[2]);
        var ca = authority(Path.of(arguments[3]));
        var networks = new ArrayList<ChaosProxy>();
        switch (Kind.valueOf(arguments[0])) {
            case PUMPS -> started(count, channels, ca).forEach(pump -> print(pump.enrolment(), pump.panel()));
            case PARTABLE ->
                started(count, channels, ca).forEach(pump -> {
                    var own = pump.enrolment();
                    var network = new ChaosProxy(URI.create(own.endpoint()).getPort(), 0);
                    networks.add(network);
                    print(network.inFrontOf(own), pump.panel());
                });
            case BARE -> new BareFleet(count, ANSWER, ca).servers().forEach(server -> print(server, NO_PANEL));
        }
        System.out.println(READY);
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (var said = commands.readLine(); said != null; said = commands.readLine()) {
            var weather = Weather.valueOf(said);
            networks.forEach(network -> network.weather(weather));
        }
        System.exit(0);
    }

    private static List<FleetPump> started(int count, int channels, FleetCa ca) {
        var plan = channels == 1 ? new FleetPlan(count, 0, 1, Optional.empty()) : FleetPlan.ofRacks(count, channels);
        return SimulatorFleet.start(plan, ca, keys().root().verifyingKey()).pumps();
    }

    private static void print(EnrolledPump server, URI panel) {
        System.out.println(String.join(
                "\t",
                "server",
                server.serial().value(),
                server.endpoint(),
                server.recordKey(),
                Integer.toString(server.channels()),
                Base64.getEncoder().encodeToString(server.certificate().getBytes(StandardCharsets.US_ASCII)),
                panel.toString()));
    }

    private static EnrolledPump read(String[] parts) {
        return new EnrolledPump(
                new PumpSerial(parts[1]),
                "A0000",
                PumpModel.LARGE_VOLUME,
                Integer.parseInt(parts[4]),
                parts[2],
                new String(Base64.getDecoder().decode(parts[5]), StandardCharsets.US_ASCII),
                parts[3],
                true);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
