package io.venule.bench;

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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Pumps, or bare servers, in a process of their own, so that what is measured in this one is the client's side alone. The certificate
 * authority is kept in a folder that both processes read. Ends when its input ends, which it does when this process is gone.
 */
final class FleetProcess implements AutoCloseable {
    private static final String READY = "READY";
    private static final int ANSWER = 900;
    /** A Milo server takes about seven. */
    private static final int MEBIBYTES_EACH = 10;

    private final Process process;
    private final List<EnrolledPump> servers = new ArrayList<>();

    /** What runs there. */
    enum Kind {
        PUMPS,
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
                servers.add(read(line.split("\t", -1)));
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

    public static void main(String[] arguments) throws IOException {
        Figures.logAsTheProduct();
        var count = Integer.parseInt(arguments[1]);
        var channels = Integer.parseInt(arguments[2]);
        var ca = authority(Path.of(arguments[3]));
        var servers = switch (Kind.valueOf(arguments[0])) {
            case PUMPS ->
                SimulatorFleet.start(
                                channels == 1
                                        ? new FleetPlan(count, 0, 1, Optional.empty())
                                        : FleetPlan.ofRacks(count, channels),
                                ca,
                                keys().root().verifyingKey())
                        .pumps()
                        .stream()
                        .map(FleetPump::enrolment)
                        .toList();
            case BARE -> new BareFleet(count, ANSWER, ca).servers();
        };
        servers.forEach(server -> System.out.println(line(server)));
        System.out.println(READY);
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static String line(EnrolledPump server) {
        return String.join(
                "\t",
                "server",
                server.serial().value(),
                server.endpoint(),
                server.recordKey(),
                Integer.toString(server.channels()),
                Base64.getEncoder().encodeToString(server.certificate().getBytes(StandardCharsets.US_ASCII)));
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
