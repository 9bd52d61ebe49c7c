package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.buffer.PooledByteBufAllocator;
import io.venule.opcua.StrangersAttack.Target;
import io.venule.order.PumpLink.Readiness;
import io.venule.pump.PumpCertificates;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.LoopedCertificates;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.util.DigestUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The attacks of Team82's catalogue on a pump's OPC UA server, one after the other and again, while the server asks that pump for challenges: each is answered, 99 of 100 within two seconds, the pump is not
 * started anew, and what it needs of memory stays below a limit. Threat T-22, promise P-19. A few seconds in each build; {@code -Dvenule.attacks.seconds=600} for ten minutes.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class AttacksIT {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("venule.attacks.seconds", 5));
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MOST_HEAP = 64 << 20;
    private static final long MOST_DIRECT = 32 << 20;
    private static final double MOST_MILLIS = 2_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    @TempDir
    private Path folder;

    @Test
    void no_attack_of_the_catalogue_keeps_an_honest_server_from_its_answers_or_the_pump_from_its_work()
            throws Exception {
        try (var ward = new PumpWard(folder, new FleetPlan(1, 0, 1, Optional.empty()));
                var transport = new SharedTransport(new TestSettings(folder))) {
            await().atMost(PATIENCE).until(ward::isOpen);
            var thief = new Thief(ward.pumps().getFirst(), transport, new TestSettings(folder));
            var target = target(ward);
            var epoch = ward.challenge().epoch();
            attackAll(target, thief);
            var heap = heap();
            var direct = direct();
            int rounds = 0;

            var honest = new Honest(ward);
            for (var end = System.nanoTime() + TIME.toNanos(); rounds == 0 || System.nanoTime() < end; rounds++) {
                attackAll(target, thief);
            }
            honest.end();
            var moreDirect = direct() - direct;
            var moreHeap = heap() - heap;
            System.out.println("attacks: " + rounds + " rounds, " + honest.millis.size() + " honest calls, p99 "
                    + honest.p99() + " ms, heap " + (moreHeap >> 10) + " KiB more, direct " + (moreDirect >> 10)
                    + " KiB more");

            assertThat(honest.refused).isEmpty();
            assertThat(honest.p99()).isLessThan(MOST_MILLIS);
            assertThat(moreDirect).as("direct memory").isLessThan(MOST_DIRECT);
            // What the last attacks held goes with their connections, a moment after they are cut.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(heap() - heap).as("heap").isLessThan(MOST_HEAP));
            // The session may be a new one, the pump's power is not.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ward.challenge().epoch()).isEqualTo(epoch));
        }
    }

    @Test
    void a_path_of_many_steps_is_refused_and_those_beside_it_are_followed() throws Exception {
        try (var ward = new PumpWard(folder, new FleetPlan(1, 0, 1, Optional.empty()));
                var transport = new SharedTransport(new TestSettings(folder))) {
            await().atMost(PATIENCE).until(ward::isOpen);
            var paths = IntStream.of(1, 10_000, 31, 33, 32)
                    .mapToObj(ThiefsAttack::thereAndBack)
                    .toList();

            var answers = new Thief(ward.pumps().getFirst(), transport, new TestSettings(folder))
                    .asks(client -> client.translateBrowsePaths(paths));

            assertThat(answers.getResults())
                    .extracting(result -> result.getStatusCode().value())
                    .containsExactly(
                            StatusCodes.Good,
                            StatusCodes.Bad_QueryTooComplex,
                            StatusCodes.Good,
                            StatusCodes.Bad_QueryTooComplex,
                            StatusCodes.Good);
            var last = Objects.requireNonNull(answers.getResults())[4].getTargets();
            assertThat(Objects.requireNonNull(last)[0].getTargetId()).isEqualTo(NodeIds.RootFolder.expanded());
        }
    }

    /** More than the pump has room for altogether. */
    @Test
    void subscriptions_that_a_session_wants_to_leave_behind_end_with_it_and_take_nobody_s_place() throws Exception {
        try (var ward = new PumpWard(folder, new FleetPlan(1, 0, 1, Optional.empty()));
                var transport = new SharedTransport(new TestSettings(folder))) {
            await().atMost(PATIENCE).until(ward::isOpen);
            var thief = new Thief(ward.pumps().getFirst(), transport, new TestSettings(folder));

            for (int i = 0; i < 40; i++) {
                thief.does(ThiefsAttack.SUBSCRIPTIONS_LEFT_BEHIND);
            }

            assertThat(thief.<UInteger>asks(
                            client -> client.createSubscriptionAsync(50.0, uint(60), uint(20), uint(0), true, ubyte(0))
                                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                                    .getSubscriptionId()))
                    .isNotNull();
        }
    }

    private static void attackAll(Target target, Thief thief) throws Exception {
        for (var attack : StrangersAttack.values()) {
            try {
                attack.once(target);
            } catch (IOException hungUp) {
                // The pump may say no in the middle.
            }
        }
        for (var attack : ThiefsAttack.values()) {
            try {
                thief.does(attack);
            } catch (ExecutionException refused) {
                // It may say so in words, too.
            }
        }
    }

    private static Target target(PumpWard ward) throws Exception {
        var pump = ward.pumps().getFirst();
        var certificate = PumpCertificates.of(pump.certificate()).getFirst();
        return new Target(
                URI.create(pump.endpoint()),
                ByteString.of(SecurityPolicy.Aes256_Sha256_RsaPss.getUri().getBytes(StandardCharsets.US_ASCII)),
                ByteString.of(LoopedCertificates.made(Instant.now())),
                ByteString.of(DigestUtil.sha1(certificate.getEncoded())));
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long direct() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    /** Asks the pump for a challenge all the time, over the session that it has. */
    private static final class Honest {
        private final List<Double> millis = new CopyOnWriteArrayList<>();
        private final List<String> refused = new CopyOnWriteArrayList<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        Honest(PumpWard ward) {
            thread = Thread.ofVirtual().start(() -> ask(ward));
        }

        private void ask(PumpWard ward) {
            while (!over.get()) {
                var from = System.nanoTime();
                switch (ward.link().challenge(ward.channel())) {
                    case Readiness.Ready ready -> millis.add((System.nanoTime() - from) / 1e6);
                    case Readiness.NotReachable(var reason) -> refused.add(reason);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        double p99() {
            var sorted = new ArrayList<>(millis)
                    .stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)];
        }

        void end() throws InterruptedException {
            over.set(true);
            thread.join(PATIENCE);
        }
    }
}
