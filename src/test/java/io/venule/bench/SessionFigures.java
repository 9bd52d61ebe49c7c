package io.venule.bench;

import io.venule.bench.Figures.Of;
import io.venule.opcua.BareClients;
import io.venule.opcua.ManySessions;
import io.venule.simulator.BareFleet;
import io.venule.simulator.FleetCa;
import io.venule.simulator.FleetPlan;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Calls over many sessions at once: challenges that pumps sign and we verify, beside bare Milo calls of the same size. Pumps and servers are in this process too. */
final class SessionFigures {
    private static final int SESSIONS = Integer.getInteger("bench.sessions", 200);
    private static final int CALLERS = 64;
    private static final Duration ROUND = Duration.ofSeconds(3);
    /** A server runs for weeks: rounds until what is called often is compiled. */
    private static final int WARM_UP = Integer.getInteger("bench.warmup.rounds", 5);

    /** A signed challenge is about as long. */
    private static final int ANSWER = 900;

    private final AtomicLong unanswered = new AtomicLong();

    /** One call on a session; whether it was answered. */
    private interface Call {
        boolean on(int session) throws Exception;
    }

    void measure(Figures figures) throws Exception {
        var ca = FleetCa.create("Bench CA", Instant.now(), new SecureRandom());
        var plan = new FleetPlan(SESSIONS, 0, 1, Optional.empty());
        try (var ours = new ManySessions(Files.createTempDirectory("venule-bench"), plan);
                var fleet = new BareFleet(SESSIONS, ANSWER, ca);
                var clients = new BareClients(Files.createTempDirectory("venule-bench"), ca)) {
            var sessions = new ArrayList<BareClients.Client>();
            for (var server : fleet.servers()) {
                sessions.add(clients.connect(server));
            }
            for (int i = 0; i < WARM_UP; i++) {
                perSecond(ours::call);
                perSecond(session -> sessions.get(session).call(new byte[1]) == ANSWER);
            }
            unanswered.set(0);
            figures.compare(
                    new Of(
                            "signed calls over " + SESSIONS + " sessions",
                            "calls/s",
                            "bare Milo calls, as many sessions"),
                    () -> perSecond(ours::call),
                    () -> perSecond(session -> sessions.get(session).call(new byte[1]) == ANSWER),
                    () -> CALLERS + " callers, " + unanswered.get() + " calls without answer");
            sessions.forEach(BareClients.Client::close);
        }
    }

    private double perSecond(Call call) throws Exception {
        var end = System.nanoTime() + ROUND.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> loops = IntStream.range(0, CALLERS)
                    .<Callable<Long>>mapToObj(caller -> () -> {
                        var calls = 0L;
                        for (int session = caller; System.nanoTime() - end < 0; session += CALLERS) {
                            if (call.on(session % SESSIONS)) {
                                calls++;
                            } else {
                                unanswered.incrementAndGet();
                            }
                        }
                        return calls;
                    })
                    .toList();
            var calls = 0L;
            for (var loop : threads.invokeAll(loops)) {
                calls += loop.get();
            }
            return calls / (ROUND.toMillis() / 1e3);
        }
    }
}
