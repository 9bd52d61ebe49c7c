package io.venule.simulation;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.opcua.SessionWithoutWire;
import io.venule.order.EnrolledKeys;
import io.venule.order.Fleet;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelStatus;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.SigningKey;
import io.venule.simulator.BarePump;
import io.venule.staff.SubjectId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run: two server processes, one database, one or two pumps of two channels, nurses, and the weather, from one seed. First all of it
 * goes wrong for a while; then it heals, and in the end everything must have found its place.
 */
final class World {
    /** When every run begins. */
    static final Instant MORNING = Instant.parse("2026-11-21T08:00:00Z");

    private static final int TRACE_KEPT = 60;
    private static final long STORM = 150_000;
    /** Long enough for an order's life, a settlement, and whatever was still on its way when the weather cleared. */
    private static final long CALM = 240_000;

    private static final long LEAST_CALM = 65_000;
    private static final byte[] RECORD_SEED = seed(5);
    private static final SigningKey RECORD_SIGNING_KEY = SigningKey.ofSeed(RECORD_SEED);
    private static final String RECORD_KEY = RECORD_SIGNING_KEY.verifyingKey().base64url();
    private static final Map<PumpSerial, SessionWithoutWire.Reader> READERS = Stream.of("LV-00001", "LV-00002")
            .map(PumpSerial::new)
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(),
                    serial -> new SessionWithoutWire.Reader(WardOnPaper.enrolled(serial, RECORD_KEY))));
    private static final EnrolledKeys ENROLLED = new EnrolledKeys(new Fleet() {
        @Override
        public List<EnrolledPump> pumps() {
            return READERS.keySet().stream()
                    .map(serial -> WardOnPaper.enrolled(serial, RECORD_KEY))
                    .toList();
        }

        @Override
        public void enrol(EnrolledPump pump, AuditEntry entry) {
            throw new UnsupportedOperationException("no pump is enrolled here");
        }
    });
    private static final BarePump.SetUp SET_UP =
            BarePump.SetUp.of(KeysOnPaper.ward(), KeysOnPaper.orderKeys(), RECORD_SEED, WardOnPaper.libraryText());

    private final Parameters run;
    private final Database database;
    private final Promises promises;
    private final KeysOnPaper keys = new KeysOnPaper();
    private final List<PumpNode> pumps = new ArrayList<>();
    private final Map<Replica, Server> servers = new LinkedHashMap<>();

    /** What every part of a run shares. */
    record Parameters(Scheduler scheduler, Weather weather, Network network, Trace trace, Parts parts) {
        static Parameters of(long seed, Parts parts) {
            var scheduler = new Scheduler(seed);
            var weather = new Weather(scheduler);
            return new Parameters(
                    scheduler, weather, new Network(scheduler, weather), new Trace(scheduler, TRACE_KEPT), parts);
        }
    }

    World(long seed, Parts parts) {
        this.run = Parameters.of(seed, parts);
        this.database = new Database(parts);
        this.promises = new Promises(run, database);
        var count = run.scheduler().chance(250) ? 2 : 1;
        var factor = new int[] {1, 1_500, 6_000}[(int) run.scheduler().between(0, 2)];
        for (int i = 1; i <= count; i++) {
            pumps.add(new PumpNode(new PumpSerial("LV-0000" + i), run, promises.pumps(), SET_UP, factor));
        }
    }

    private static byte[] seed(int number) {
        var seed = new byte[SigningKey.SEED_SIZE];
        Arrays.fill(seed, (byte) number);
        return seed;
    }

    /** Runs to the end; returns normally only if every promise held. */
    void live() {
        pumps.forEach(PumpNode::switchOn);
        for (var name : List.of("A", "B")) {
            var process = new Replica(name, run.scheduler(), run.weather(), run.trace());
            process.begins(() -> begin(process));
            process.switchOn();
        }
        new Ward(this, run).plan(STORM);
        new Rounds(this, run).plan(STORM);
        run.scheduler().in(STORM, this::heal);
        try {
            until(STORM + CALM);
            promises.holdAtLast();
        } finally {
            List.copyOf(servers.keySet()).forEach(Replica::stop);
        }
    }

    private void begin(Replica process) {
        var server = new Server(process, this, new SeededRandom(run.scheduler().otherDice()));
        servers.put(process, server);
        server.begin();
    }

    private void until(long end) {
        var nextLook = STORM + LEAST_CALM;
        while (run.scheduler().now() < end && run.scheduler().step()) {
            promises.hold();
            if (run.scheduler().now() >= nextLook) {
                nextLook += 5_000;
                if (promises.everythingHasEnded()) {
                    return;
                }
            }
        }
    }

    private void heal() {
        run.trace().say("all is well from now on");
        run.weather().clearUp();
        pumps.forEach(pump -> pump.turn(Liar.Lie.NONE));
        run.scheduler().in(15_000, this::takeBackIntoUse);
        servers.keySet().forEach(Replica::heal);
    }

    /** A biomedical engineer goes round, looks at each pump that is out of use, and lifts that. */
    private void takeBackIntoUse() {
        for (var pump : database.standing().keySet()) {
            run.trace().say("the quarantine of " + pump + " is lifted");
            database.lift(
                    pump,
                    was -> AuditEntry.of(AuditKind.QUARANTINE_LIFTED, MORNING, new SubjectId("subject-biomed"))
                            .atPlace(pump.value())
                            .with("reason", Quarantine.Lifted.EXAMINED.name())
                            .with("why", was.why()));
        }
        run.scheduler().in(15_000, this::takeBackIntoUse);
    }

    Trace trace() {
        return run.trace();
    }

    Weather weather() {
        return run.weather();
    }

    Network network() {
        return run.network();
    }

    Parts parts() {
        return run.parts();
    }

    Database database() {
        return database;
    }

    Promises promises() {
        return promises;
    }

    /** The folder that all servers read. */
    KeysOnPaper keys() {
        return keys;
    }

    /** Reads what this pump signs. */
    static SessionWithoutWire.Reader readerOf(PumpSerial pump) {
        return Optional.ofNullable(READERS.get(pump)).orElseThrow();
    }

    /** With which each pump here signs. */
    static SigningKey recordSigningKey() {
        return RECORD_SIGNING_KEY;
    }

    String recordKey() {
        return RECORD_KEY;
    }

    List<PumpNode> pumps() {
        return pumps;
    }

    /** The servers that there are, up or not. */
    List<Server> servers() {
        return List.copyOf(servers.values());
    }

    /** One that is up, if there is one. */
    Server anyServer() {
        var up = servers().stream().filter(server -> server.process().isUp()).toList();
        var among = up.isEmpty() ? servers() : up;
        return among.get((int) run.scheduler().between(0, among.size() - 1));
    }

    PumpNode nodeOf(ChannelId channel) {
        return pumps.stream()
                .filter(node -> node.serial().equals(channel.pump()))
                .findFirst()
                .orElseThrow();
    }

    static EnrolledKeys enrolledKeys() {
        return ENROLLED;
    }

    /** The process that holds a pump's lease, as the database says. */
    Optional<Server> ownerOf(PumpSerial pump) {
        return database.lease(pump)
                .flatMap(lease -> servers.values().stream()
                        .filter(server -> server.process().name().equals(lease.owner()))
                        .findFirst());
    }

    Database.Lease claim(PumpSerial pump, String asker, long now, long millis) {
        var lease = database.claim(pump, asker, now, millis);
        promises.a_lease_number_has_one_owner(pump, lease);
        return lease;
    }

    /** What a pump's channels show, as one session read it, goes to every process. */
    void heard(PumpSerial pump, List<BarePump.Panel> panels) {
        for (var process : servers.keySet()) {
            run.network().send(() -> process.in(0, () -> heard(process, pump, panels)));
        }
    }

    private void heard(Replica process, PumpSerial pump, List<BarePump.Panel> panels) {
        for (int number = 1; number <= panels.size(); number++) {
            var panel = panels.get(number - 1);
            var status = new ChannelStatus(
                    new ChannelId(pump, number),
                    panel.state(),
                    "",
                    new FlowRate(0),
                    Volume.ofMillilitres(panel.toInfuse()),
                    Volume.ofMillilitres(panel.infused()),
                    panel.orderId(),
                    panel.stateVersion(),
                    process.wall());
            Optional.ofNullable(servers.get(process)).ifPresent(server -> server.heard(status));
        }
    }

    /** Chance from a seed, for code that asks for the strong kind. */
    private static final class SeededRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient SplittableRandom dice;

        SeededRandom(SplittableRandom dice) {
            this.dice = dice;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            dice.nextBytes(bytes);
        }
    }
}
