package io.venule.bench;

import com.sun.management.OperatingSystemMXBean;
import io.venule.bench.Figures.Of;
import io.venule.opcua.BareClients;
import io.venule.opcua.SessionsAlone;
import io.venule.pump.ChannelId;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;

/** What a session costs while nothing happens, and how soon all of them are open, beside bare Milo sessions with a subscription; the servers are in other processes. */
final class IdleFigures {
    private final int sessions;
    private final int channels;
    private final String name;

    private IdleFigures(int sessions, int channels, String name) {
        this.sessions = sessions;
        this.channels = channels;
        this.name = name;
    }

    /** Single pumps, each a server of its own. */
    static IdleFigures ofPumps() {
        var pumps = Integer.getInteger("bench.idle", 1_000);
        return new IdleFigures(pumps, 1, pumps + " pumps");
    }

    /** As many channels on racks, of which the largest has thirty-two. */
    static IdleFigures ofRacks() {
        var racks = Math.ceilDiv(Integer.getInteger("bench.channels", 5_000), ChannelId.MAX_CHANNELS);
        var channels = racks * ChannelId.MAX_CHANNELS;
        return new IdleFigures(racks, ChannelId.MAX_CHANNELS, channels + " channels on " + racks + " racks");
    }

    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration PUBLISHING = Duration.ofMillis(250);
    private static final int QUEUE = 5_000;

    /** Of all sessions together. */
    private record Cost(double kilobytes, double processorMillis, double seconds) {}

    /** Opens all sessions; closing ends them. */
    private interface Opening {
        AutoCloseable open() throws Exception;
    }

    void measure(Figures figures) throws Exception {
        var folder = Files.createTempDirectory("venule-bench");
        var ca = FleetProcess.authority(folder);
        var settings = SessionsAlone.settings(folder, ca);
        Cost ours;
        try (var fleet = FleetProcess.start(FleetProcess.Kind.PUMPS, sessions, channels, folder)) {
            ours = cost(() -> new SessionsAlone(fleet.servers(), FleetProcess.keys(), settings));
        }
        Cost bare;
        try (var fleet = FleetProcess.start(FleetProcess.Kind.BARE, sessions, 1, folder)) {
            bare = cost(() -> bare(fleet, new BareClients(settings)));
        }
        add(figures, "heap of a session, " + name, "KiB", ours.kilobytes, bare.kilobytes, "goal 1.5");
        add(
                figures,
                "processor time of an idle session a second, " + name,
                "ms",
                ours.processorMillis,
                bare.processorMillis,
                "goal 1.5; ours also asks for each channel's state every five seconds, and compares logs every twenty");
        figures.add(
                new Of("all sessions open, after a start, " + name, "s", "as many bare sessions, one by one"),
                new double[] {ours.seconds},
                new double[] {bare.seconds},
                "goal 60 for 1,000");
    }

    private void add(Figures figures, String what, String unit, double ours, double bare, String more) {
        figures.add(
                new Of(what, unit, "as many bare Milo sessions with a subscription"),
                new double[] {ours / sessions},
                new double[] {bare / sessions},
                more);
    }

    private static AutoCloseable bare(FleetProcess fleet, BareClients clients) throws Exception {
        var sessions = new ArrayList<BareClients.Client>();
        for (var server : fleet.servers()) {
            var session = clients.connect(server);
            session.subscribe(PUBLISHING, QUEUE, () -> {});
            sessions.add(session);
        }
        return () -> {
            sessions.forEach(BareClients.Client::close);
            clients.close();
        };
    }

    /** Twice, so that what is made once, code and pools, is there before; the second time counts. */
    private static Cost cost(Opening opening) throws Exception {
        measured(opening);
        return measured(opening);
    }

    private static Cost measured(Opening opening) throws Exception {
        var before = heap();
        var from = System.nanoTime();
        var open = opening.open();
        try {
            var seconds = (System.nanoTime() - from) / 1e9;
            pause(SETTLING);
            var processor = processor();
            pause(IDLE);
            var idle = (processor() - processor) / 1e6 / IDLE.toSeconds();
            var kilobytes = (heap() - before) / 1024.0;
            return new Cost(kilobytes, idle, seconds);
        } finally {
            open.close();
        }
    }

    private static void pause(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        for (var left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Nanoseconds that this process had processors for. */
    static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            pause(Duration.ofMillis(300));
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
