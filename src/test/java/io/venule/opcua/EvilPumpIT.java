package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.PooledByteBufAllocator;
import io.venule.opcua.EvilPump.Trick;
import io.venule.order.PumpLink.Readiness;
import io.venule.simulator.FleetPlan;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who stands at a pump's address and is no pump gets nothing out of the server but a refusal: no memory worth speaking of, no connection that stays, and the other pumps answer meanwhile. Threats T-05, T-22, T-29.
 */
class EvilPumpIT {
    private static final int VISITS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** All threads of this process together, so with room for what goes on beside; what some tricks ask for is more. */
    private static final long MOST_MEMORY = 192 << 20;
    /** All visits of a test together; one trick would leave four times as much behind. */
    private static final long MOST_LEFT = 16 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private static Path folder;

    private static PumpWard ward;

    @BeforeAll
    static void openWard() {
        ward = new PumpWard(folder, new FleetPlan(1, 0, 1, Optional.empty()));
        await().atMost(PATIENCE).until(ward::isOpen);
    }

    @AfterAll
    static void closeWard() {
        ward.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Trick.class)
    void who_is_no_pump_costs_neither_memory_nor_connections_and_no_other_pump_its_answers(Trick trick)
            throws InterruptedException {
        var settings = new TestSettings(folder, Duration.ofMillis(150));
        var visits = trick == Trick.CHUNKS_AND_GONE ? VISITS : 1;
        try (var evil = new EvilPump(trick);
                var transport = new SharedTransport(settings)) {
            var fleet =
                    new PumpConnection.Fleetwide(settings, HubIdentity.of(settings), transport, InstantSource.system());
            var pump = ward.pumps().getFirst();
            var enrolled = PumpWard.as(pump, evil.endpoint(), pump.recordKey());
            var allocated = THREADS.getTotalThreadAllocatedBytes();
            var direct = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();

            for (int i = 0; i < visits; i++) {
                assertThatThrownBy(() -> PumpConnection.open(enrolled, fleet, new Mailbox(1)))
                        .as("counted against the pump whose address it is")
                        .isExactlyInstanceOf(PumpUnreachable.class);
                assertThat(Discovery.certificate(enrolled, fleet)).isEmpty();
                assertThat(ward.link().challenge(ward.channel())).isInstanceOf(Readiness.Ready.class);
            }

            assertThat(evil.visits()).isGreaterThanOrEqualTo(2 * visits);
            assertThat(evil.tricked()).isPositive();
            await().atMost(PATIENCE).until(() -> evil.stillThere() == 0);
            assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - direct)
                    .as("left behind")
                    .isLessThan(MOST_LEFT);
            if (trick != Trick.CHUNKS_AND_GONE && trick != Trick.CHUNKS_FOR_EVER) {
                assertThat(THREADS.getTotalThreadAllocatedBytes() - allocated)
                        .as("asked for")
                        .isLessThan(MOST_MEMORY);
            }
        }
    }
}
