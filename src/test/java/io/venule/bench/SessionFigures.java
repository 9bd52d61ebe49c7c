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
import java.util.function.ToDoubleFunction;
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

    /** So long is the payload of a challenge, which becomes a text of about {@link #ANSWER}. */
    private static final int PAYLOAD = 530;

    private final AtomicLong unanswered = new AtomicLong();
    private final SignatureFigures signature = new SignatureFigures(PAYLOAD);

    /** One call on a session; whether it was answered. */
    private interface Call {
        boolean on(int session) throws Exception;
    }

    /** How many there were in a second, and how much processor time of all threads each took. */
    private record Pace(double perSecond, double micros) {}

    void measure(Figures figures) throws Exception {
        var ca = FleetCa.create("Bench CA", Instant.now(), new SecureRandom());
        var plan = new FleetPlan(SESSIONS, 0, 1, Optional.empty());
        try (var ours = new ManySessions(Files.createTempDirectory("venule-bench"), plan, ca);
                var fleet = new BareFleet(SESSIONS, ANSWER, ca);
                var clients = new BareClients(Files.createTempDirectory("venule-bench"), ca)) {
            var sessions = new ArrayList<BareClients.Client>();
            for (var server : fleet.servers()) {
                sessions.add(clients.connect(server));
            }
            Call bare = session -> sessions.get(session).call(new byte[1]) == ANSWER;
            compare(figures, List.of(ours::call, bare, session -> bare.on(session) && signature.bareRound()));
            sessions.forEach(BareClients.Client::close);
        }
    }

    /** Ours, bare, and bare with the signatures, in turn. */
    private void compare(Figures figures, List<Call> calls) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            paces(calls);
        }
        unanswered.set(0);
        var rounds = new ArrayList<List<Pace>>();
        for (int i = 0; i < Figures.ROUNDS; i++) {
            rounds.add(paces(calls));
        }
        var name = "signed calls over " + SESSIONS + " sessions";
        var bare = "bare Milo calls, as many sessions";
        var signed = "bare Milo calls, and for each a signature and a look at it by BouncyCastle alone";
        var more = CALLERS + " callers, " + unanswered.get() + " calls without answer";
        var perSecond = new Of(name, "calls/s", bare);
        figures.add(perSecond, of(rounds, 0, Pace::perSecond), of(rounds, 1, Pace::perSecond), "goal 0.5; " + more);
        var beside = new Of(name + ", beside what they must cost", "calls/s", signed);
        figures.add(beside, of(rounds, 0, Pace::perSecond), of(rounds, 2, Pace::perSecond), more);
        var least = new Of("what signed calls must cost, over " + SESSIONS + " sessions", "calls/s", bare);
        figures.add(least, of(rounds, 2, Pace::perSecond), of(rounds, 1, Pace::perSecond), signed);
        var micros = new Of("processor time of a signed call, both sides", "µs", bare);
        figures.add(micros, of(rounds, 0, Pace::micros), of(rounds, 1, Pace::micros), "both sides run here");
        var must = new Of(micros.name() + ", beside what it must cost", "µs", signed);
        figures.add(must, of(rounds, 0, Pace::micros), of(rounds, 2, Pace::micros), "both sides run here");
    }

    private static double[] of(List<List<Pace>> rounds, int call, ToDoubleFunction<Pace> value) {
        return rounds.stream().map(paces -> paces.get(call)).mapToDouble(value).toArray();
    }

    private List<Pace> paces(List<Call> calls) throws Exception {
        var paces = new ArrayList<Pace>();
        for (var call : calls) {
            paces.add(pace(call));
        }
        return paces;
    }

    private Pace pace(Call call) throws Exception {
        var processor = IdleFigures.processor();
        var from = System.nanoTime();
        var calls = calls(call, from + ROUND.toNanos());
        return new Pace(
                calls / ((System.nanoTime() - from) / 1e9),
                (IdleFigures.processor() - processor) / 1e3 / Math.max(1, calls));
    }

    private long calls(Call call, long end) throws Exception {
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
            return calls;
        }
    }
}
