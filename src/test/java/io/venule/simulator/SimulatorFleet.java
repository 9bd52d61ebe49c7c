package io.venule.simulator;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.venule.pump.ChannelState;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.signing.RsaPss;
import io.venule.signing.VerifyingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A fleet of simulated pumps on loopback, each with its OPC UA server and its front panel on free ports. What is needed to enrol
 * and to reach them is in {@link #pumps()}; closing stops everything.
 */
public final class SimulatorFleet implements AutoCloseable {
    private static final int PORT_TRIES = 5;
    private static final String IDENTITY = "identity";
    private static final String PORTS = "ports";

    private final FleetPlan plan;
    private final VerifyingKey root;
    private final InstantSource clock;
    private final SecureRandom random;
    private final X509CRL revoked;
    private final EventLoopGroup loop = new NioEventLoopGroup(2);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final Map<String, Unit> units = new TreeMap<>();

    /** A pump, its memory and its certificate; the pump is there while it is switched on. */
    private record Unit(
            PumpPlate plate, PumpMemory memory, Identity identity, Ports ports, SimulatedPump pump, FrontPanel panel) {}

    /** Where a pump and its front panel listen; 0 is any free port. */
    private record Ports(int pump, int panel) {
        static final Ports ANY = new Ports(0, 0);

        List<String> lines() {
            return List.of(Integer.toString(pump), Integer.toString(panel));
        }
    }

    private SimulatorFleet(FleetPlan plan, FleetCa ca, VerifyingKey root, InstantSource clock, SecureRandom random) {
        this.plan = plan;
        this.root = root;
        this.clock = clock;
        this.random = random;
        this.revoked = ca.revocationList();
        RsaPss.install();
        var memories = plan.plates().stream().map(this::memory).toList();
        var identities = IntStream.range(0, memories.size())
                .parallel()
                .mapToObj(i -> identity(plan.plates().get(i), memories.get(i), ca))
                .toList();
        for (int i = 0; i < identities.size(); i++) {
            var plate = plan.plates().get(i);
            var unit = switchOn(plate, memories.get(i), identities.get(i), keptPorts(memories.get(i)));
            memories.get(i).replace(PORTS, unit.ports().lines());
            units.put(plate.serial(), unit);
        }
    }

    private PumpMemory memory(PumpPlate plate) {
        return plan.data()
                .map(folder -> PumpMemory.inFolder(folder.resolve(plate.serial())))
                .orElseGet(PumpMemory::inRam);
    }

    /** The pump's own key and certificate: kept, or made new when there is none that this CA issued and that lasts. */
    private Identity identity(PumpPlate plate, PumpMemory memory, FleetCa ca) {
        var lines = memory.lines(IDENTITY);
        if (!lines.isEmpty()) {
            var kept = Identity.of(lines, List.of(ca.certificate()));
            if (ca.vouchesFor(kept, clock.instant())) {
                return kept;
            }
        }
        var made = ca.issueApplication(plate.serial(), SimulatedPump.applicationUri(plate.serial()));
        memory.replace(IDENTITY, made.lines());
        return made;
    }

    /** The ports of the last time where both are still free: the pump's address stays what the server enrolled. */
    private static Ports keptPorts(PumpMemory memory) {
        var lines = memory.lines(PORTS);
        if (lines.size() != 2) {
            return Ports.ANY;
        }
        var kept = new Ports(Integer.parseInt(lines.getFirst()), Integer.parseInt(lines.getLast()));
        return isFree(kept.pump()) && isFree(kept.panel()) ? kept : Ports.ANY;
    }

    /** Starts the planned pumps. They trust the CA for OPC UA and the root for everything that is signed. */
    public static SimulatorFleet start(FleetPlan plan, FleetCa ca, VerifyingKey root) {
        return new SimulatorFleet(plan, ca, root, InstantSource.system(), new SecureRandom());
    }

    /** Every pump, in the order of serial numbers. */
    public synchronized List<FleetPump> pumps() {
        return units.values().stream().map(SimulatorFleet::facts).toList();
    }

    /** One pump by its serial number. */
    public synchronized FleetPump pump(PumpSerial serial) {
        return facts(unit(serial));
    }

    /** Pulls the plug of a pump; its memory, certificate and port stay. */
    public synchronized void switchOff(PumpSerial serial) {
        var unit = unit(serial);
        unit.pump().close();
        unit.panel().close();
    }

    /** Switches a pump that was off on again: a new epoch, the same memory and addresses. */
    public synchronized void switchOn(PumpSerial serial) {
        var unit = unit(serial);
        units.put(serial.value(), switchOn(unit.plate(), unit.memory(), unit.identity(), unit.ports()));
    }

    /** Who has a session with the pump now. */
    public synchronized List<PumpClient> clients(PumpSerial serial) {
        return unit(serial).pump().clients();
    }

    /** Gives a pump that runs another certificate: sessions end, and nothing else; it infuses on. */
    public synchronized void present(PumpSerial serial, Identity identity) {
        var unit = unit(serial);
        unit.pump().close();
        var pump = new SimulatedPump(
                unit.plate(),
                unit.pump().brain(),
                new SimulatedPump.Socket(unit.ports().pump(), identity, revoked),
                new SimulatedPump.Threads(loop, workers, timer));
        units.put(serial.value(), new Unit(unit.plate(), unit.memory(), identity, unit.ports(), pump, unit.panel()));
    }

    /** Whether fluid flows in the pump's first channel, whoever is connected. */
    public synchronized boolean runs(PumpSerial serial) {
        return brain(serial).view().channels().getFirst().state() == ChannelState.RUNNING;
    }

    /** A pump's inside, for tests that press keys without the page. */
    synchronized PumpBrain brain(PumpSerial serial) {
        return unit(serial).pump().brain();
    }

    /** Has a pump keep its records to itself until {@link #sendRecords}; whoever reads its log finds them there. */
    public void holdRecords(PumpSerial serial) {
        pumpOf(serial).holdEvents();
    }

    /** Has a pump with good keys answer like this, until it boots. */
    public void answer(PumpSerial serial, BadAnswer bad) {
        pumpOf(serial).answer(bad.answer());
    }

    /** Has a pump answer like this who asks it for its endpoints, until it boots or presents another certificate. */
    public void answer(PumpSerial serial, BadOffer bad) {
        pumpOf(serial).answer(bad.answer());
    }

    /** Has a variable of the pump itself, or of its nameplate, say this until it boots. */
    public void say(PumpSerial serial, String name, Object value) {
        pumpOf(serial).say(name, value);
    }

    /** Has a pump write so many records, of its power supply, as fast as it can sign them. */
    public void writeRecords(PumpSerial serial, int count) {
        var brain = brain(serial);
        for (int i = 0; i < count; i++) {
            brain.power(50 + i % 2, true);
        }
    }

    /** Sends what was held, and holds no more. */
    public void sendRecords(PumpSerial serial) {
        pumpOf(serial).releaseEvents();
    }

    private synchronized SimulatedPump pumpOf(PumpSerial serial) {
        return unit(serial).pump();
    }

    private Unit unit(PumpSerial serial) {
        var unit = units.get(serial.value());
        if (unit == null) {
            throw new IllegalArgumentException("no such pump: " + serial);
        }
        return unit;
    }

    private Unit switchOn(PumpPlate plate, PumpMemory memory, Identity identity, Ports ports) {
        var brain = new PumpBrain(plate, new PumpBrain.Power(root, memory, clock, random, plan.factor()));
        for (int attempt = 1; ; attempt++) {
            var chosen = ports.pump() > 0 ? ports.pump() : freePort();
            try {
                var pump = new SimulatedPump(
                        plate,
                        brain,
                        new SimulatedPump.Socket(chosen, identity, revoked),
                        new SimulatedPump.Threads(loop, workers, timer));
                var panel = new FrontPanel(plate, brain, ports.panel(), workers);
                var listens = new Ports(chosen, panel.address().getPort());
                return new Unit(plate, memory, identity, listens, pump, panel);
            } catch (IllegalStateException e) {
                if (attempt == PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FleetPump facts(Unit unit) {
        var plate = unit.plate();
        return new FleetPump(
                new EnrolledPump(
                        new PumpSerial(plate.serial()),
                        plate.assetId(),
                        plate.pumpModel(),
                        plate.channels(),
                        unit.pump().endpoint(),
                        unit.identity().certificatePem(),
                        unit.pump().brain().recordPublicKey().base64url(),
                        true,
                        plate.ward()),
                unit.panel().address());
    }

    @Override
    public synchronized void close() {
        units.values().forEach(unit -> {
            unit.panel().close();
            unit.pump().close();
        });
        units.clear();
        timer.shutdownNow();
        workers.shutdownNow();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
