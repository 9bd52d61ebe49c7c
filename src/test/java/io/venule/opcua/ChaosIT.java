package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.opcua.ChaosProxy.Weather;
import io.venule.pump.PumpEvent;
import io.venule.simulator.FleetPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Server and pump over real OPC UA, with the network's weather between them: an order has a definite end or is unconfirmed and settled by
 * asking, and every record arrives once and in order. Threats T-26, T-30, T-37, T-67, T-68. {@code -Dchaos.seed=N} plays other misfortunes.
 */
class ChaosIT {
    private static final long SEED = Long.getLong("chaos.seed", 20_261_121);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DOORS = 32;
    /** What neither side may take for good bytes: the sequence numbers and the signature of the channel show it. */
    private static final Set<Weather> FOUND_BY_THE_CHANNEL =
            EnumSet.of(Weather.FLIP, Weather.TWICE, Weather.SKIP, Weather.REPLAY);

    @TempDir
    private Path folder;

    private PumpWard ward;
    private Optional<ChaosProxy> network = Optional.empty();

    @BeforeEach
    void openWard() {
        ward = new PumpWard(folder, new FleetPlan(1, 0, 1, Optional.empty()), pump -> {
            var proxy = new ChaosProxy(URI.create(pump.endpoint()).getPort(), SEED);
            network = Optional.of(proxy);
            return proxy.inFrontOf(pump);
        });
        await().atMost(PATIENCE).until(ward::isOpen);
    }

    @AfterEach
    void closeWard() {
        ward.close();
        network.ifPresent(ChaosProxy::close);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Weather.class)
    void an_order_has_a_definite_end_and_every_record_arrives_once_and_in_order(Weather weather) {
        var random = new Random(SEED);
        var proxy = network.orElseThrow();
        var order = ward.order();
        proxy.weather(weather);
        moveDoors(random, DOORS / 2);

        var delivery = ward.link().deliver(order);
        moveDoors(random, DOORS / 2);
        proxy.weather(Weather.CLEAR);

        var after = new Aftermath(ward, PATIENCE);
        var taken = after.settled(order, delivery);
        after.heard(PumpEvent.DoorChanged.class, DOORS);
        after.heard(PumpEvent.OrderAccepted.class, taken ? 1 : 0);
        after.everyRecordFollows();
        if (FOUND_BY_THE_CHANNEL.contains(weather)) {
            assertThat(proxy.connections())
                    .as("the channel was ended and opened anew")
                    .isGreaterThan(1);
        }
        after.nobodyIsOutOfUse();
    }

    private void moveDoors(Random random, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(ward.press("/channels/1/door", "open=" + (i % 2 == 0 ? "yes" : "no")))
                    .isEqualTo(200);
            await().pollDelay(random.nextInt(1, 60), TimeUnit.MILLISECONDS).until(() -> true);
        }
    }
}
