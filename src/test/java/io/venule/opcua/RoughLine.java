package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.venule.opcua.KernelWeather.Counts;
import io.venule.order.PumpLink.Delivery;
import io.venule.pump.PumpEvent;
import io.venule.simulator.FleetPlan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A server and its pump in a network of their own, whose kernel loses packets, lets few bits through or goes silent, in turn, for so many seconds; for none, it loses packets once. Orders and records all
 * the while. What the kernel counted says whether it did. Ends with 0 if everything that must hold did.
 */
final class RoughLine {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Both sides give an unanswered call three seconds; the rest is for the processors of a busy machine. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(6);
    /** In each round, on both sides of the order. */
    private static final int DOORS = 6;
    /** Long enough for a session to be lost and opened again meanwhile. */
    private static final Duration LASTS = Duration.ofSeconds(12);

    private static final int LOST_OF_HUNDRED = 30;
    private static final int KILOBITS = 100;
    private static final Duration SILENCE = Duration.ofSeconds(5);
    /** Threads that pools start late and keep. */
    private static final int MORE_THREADS = 16;

    private final PumpWard ward;
    private final KernelWeather kernel;
    private final Aftermath after;
    private int doors;
    private int orders;
    private int taken;
    private int unconfirmed;
    private double longest;
    private Counts did = Counts.NOTHING;

    private RoughLine(PumpWard ward) throws IOException, InterruptedException {
        this.ward = ward;
        this.kernel =
                new KernelWeather(URI.create(ward.pumps().getFirst().endpoint()).getPort());
        this.after = new Aftermath(ward, PATIENCE);
    }

    /** What the network does. */
    private enum Weather {
        LOSS {
            @Override
            Counts over(KernelWeather kernel, Duration time) throws IOException, InterruptedException {
                kernel.lose(LOST_OF_HUNDRED);
                pause(time);
                return kernel.clear();
            }
        },
        NARROW {
            @Override
            Counts over(KernelWeather kernel, Duration time) throws IOException, InterruptedException {
                kernel.narrow(KILOBITS);
                pause(time);
                return kernel.clear();
            }

            @Override
            void happened(Counts counts) {
                assertThat(counts.heldBack()).as("packets held back").isPositive();
            }
        },
        /** Nothing for five seconds, then everything for as long as it takes TCP to notice. */
        SILENCES {
            @Override
            Counts over(KernelWeather kernel, Duration time) throws IOException, InterruptedException {
                var counts = Counts.NOTHING;
                for (var left = time; left.isPositive(); left = left.minus(SILENCE.plusSeconds(1))) {
                    kernel.lose(100);
                    pause(SILENCE);
                    counts = counts.and(kernel.clear());
                    pause(Duration.ofSeconds(1));
                }
                return counts;
            }
        };

        /** Comes over the network, stays for this time and goes; the result is what it did. */
        abstract Counts over(KernelWeather kernel, Duration time) throws IOException, InterruptedException;

        /** Fails where it did nothing. */
        void happened(Counts counts) {
            assertThat(counts.lost()).as("packets lost, of %s", counts.seen()).isPositive();
        }

        private static void pause(Duration time) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var time = Duration.ofSeconds(Long.parseLong(arguments[1]));
        try (var ward = new PumpWard(folder, new FleetPlan(1, 0, 1, Optional.empty()))) {
            ward.serverDown();
            ward.serverUp(SessionsAlone.settings(folder, ward.ca()));
            new RoughLine(ward).bear(time);
        }
        // Nothing of the stack's may keep the process.
        System.exit(0);
    }

    private void bear(Duration time) throws Exception {
        after.ready();
        var end = Instant.now().plus(time);
        int threads = 0;
        do {
            for (var weather : time.isZero() ? List.of(Weather.LOSS) : List.of(Weather.values())) {
                round(weather);
            }
            threads = threads == 0 ? threads() : threads;
        } while (Instant.now().isBefore(end));
        var more = threads() - threads;
        System.out.println(
                "rough line: " + orders + " orders, " + unconfirmed + " of them unconfirmed and settled, " + taken
                        + " taken by the pump, the longest waited for " + Math.round(longest) + " ms, " + doors
                        + " doors on record, " + did.lost() + " of " + did.seen() + " packets lost, "
                        + did.heldBack() + " times one was held back, "
                        + ward.fleet().clients(ward.pump()).size() + " sessions at the pump, " + more
                        + " threads more than after the first round");
        assertThat(more).as("threads").isLessThan(MORE_THREADS);
    }

    private void round(Weather weather) throws Exception {
        after.ready();
        // What was asked in the last storm may end the session after it.
        var order = await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(ward::order, Objects::nonNull);
        var storm = new FutureTask<>(() -> weather.over(kernel, LASTS));
        Thread.ofVirtual().start(storm);
        moveDoors();

        var from = System.nanoTime();
        var delivery = ward.link().deliver(order);
        var took = Duration.ofNanos(System.nanoTime() - from);
        moveDoors();
        var counts = storm.get();
        weather.happened(counts);
        did = did.and(counts);

        orders++;
        longest = Math.max(longest, took.toNanos() / 1e6);
        assertThat(took).as("%s, %s", weather, delivery).isLessThan(LONGEST_CALL);
        if (delivery instanceof Delivery.Unconfirmed) {
            unconfirmed++;
        }
        var isTaken = after.settled(order, delivery);
        taken += isTaken ? 1 : 0;
        after.heard(PumpEvent.OrderAccepted.class, taken);
        after.heard(PumpEvent.DoorChanged.class, doors);
        after.everyRecordFollows();
        after.nobodyIsOutOfUse();
        if (isTaken) {
            ward.press("/channels/1/decline", "");
        }
    }

    private void moveDoors() {
        for (int i = 0; i < DOORS; i++) {
            assertThat(ward.press("/channels/1/door", "open=" + (i % 2 == 0 ? "yes" : "no")))
                    .isEqualTo(200);
            doors++;
        }
    }

    /** All of them, also those that no operating system knows of. */
    private int threads() throws IOException {
        var dump = ward.folder().resolve("threads-" + System.nanoTime());
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
        try (var lines = Files.lines(dump)) {
            return Math.toIntExact(lines.filter(line -> line.startsWith("#")).count());
        }
    }
}
