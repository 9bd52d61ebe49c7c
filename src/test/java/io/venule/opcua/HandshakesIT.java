package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.opcua.EvilPump.Trick;
import io.venule.simulator.FleetPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half a hospital's pumps may be switched off, and some may never end a handshake: no other waits for them. Threats T-22, T-29. */
class HandshakesIT {
    /** More than there may be handshakes at a time. */
    private static final int ABSENT = 6;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** So long that none of them is given up while the test lasts. */
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    private Path folder;

    @Test
    void a_pump_is_reached_while_as_many_as_there_may_be_handshakes_do_not_answer() {
        try (var nobody = new SilentLine();
                var ward = wardAt(nobody.endpoint())) {
            ward.serverDown();
            ward.fleet().switchOff(ward.pump());
            ward.serverUp(new TestSettings(folder, LONG));
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> areDialled(ward));

            ward.fleet().switchOn(ward.pump());

            await().atMost(PATIENCE).until(() -> isOpen(ward));
            assertThat(areDialled(ward)).isTrue();
            ward.serverDown();
        }
    }

    @Test
    void pumps_that_never_end_a_handshake_leave_most_of_them_to_others_once_that_is_known() {
        try (var evil = new EvilPump(Trick.CHUNK_AND_SILENCE);
                var ward = wardAt(evil.endpoint())) {
            ward.serverDown();
            ward.serverUp(new TestSettings(folder, Duration.ofSeconds(1)));
            await().atMost(PATIENCE.multipliedBy(3)).until(() -> evil.tricked() > 2 * ABSENT);

            // Four there may be at a time.
            await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> evil.inTalk() <= 1);
            assertThat(isOpen(ward)).isTrue();
        }
    }

    private PumpWard wardAt(String endpoint) {
        return new PumpWard(
                folder,
                new FleetPlan(ABSENT + 1, 0, 1, Optional.empty()),
                pump -> pump.serial().value().endsWith("1") ? pump : PumpWard.as(pump, endpoint, pump.recordKey()));
    }

    /** The one that is there. */
    private static boolean isOpen(PumpWard ward) {
        return ward.isOpen();
    }

    /** Whether all that are not there are being dialled, or wait for their turn to be. */
    private static boolean areDialled(PumpWard ward) {
        return IntStream.rangeClosed(1, ABSENT)
                .mapToObj(place -> ward.pumps().get(place).serial())
                .map(absent -> ward.sessions().state(absent).orElseThrow())
                .allMatch(SessionState.Opening.class::isInstance);
    }
}
