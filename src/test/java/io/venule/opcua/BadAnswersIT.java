package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.venule.audit.AuditEntry;
import io.venule.order.PumpLink.Readiness;
import io.venule.pump.ChannelId;
import io.venule.simulator.BadAnswer;
import io.venule.simulator.FleetPlan;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A pump with good keys and bad software loses its own session, with a reason that says why, and nothing else: no memory worth speaking of, no thread, no other pump's answers. Mended, it is heard again.
 * Threat T-29.
 */
class BadAnswersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** All threads of this process together, so with room for what goes on beside, and for what the pump itself needs to make its answers. */
    private static final long MOST_MEMORY = 256 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private static Path folder;

    private static PumpWard ward;

    @BeforeAll
    static void openWard() {
        ward = new PumpWard(folder, new FleetPlan(2, 0, 1, Optional.empty()));
        await().atMost(PATIENCE).until(ward::areOpen);
    }

    @AfterAll
    static void closeWard() {
        ward.close();
    }

    /** One of each kind; {@code -Dvenule.answers.all=true} for every one. */
    static Set<BadAnswer> answers() {
        return Boolean.getBoolean("venule.answers.all")
                ? EnumSet.allOf(BadAnswer.class)
                : EnumSet.of(
                        BadAnswer.NESTED_VALUES,
                        BadAnswer.DIMENSIONS_READ,
                        BadAnswer.DIMENSIONS_IN_EVENT,
                        BadAnswer.THREE_VALUES,
                        BadAnswer.NUMBER_FAR_AHEAD,
                        BadAnswer.NESTED_OBJECTS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void a_pump_that_answers_badly_loses_its_session_and_harms_nobody_else(BadAnswer bad) {
        var honest = new ChannelId(ward.pumps().getLast().serial(), 1);
        var allocated = THREADS.getTotalThreadAllocatedBytes();
        ward.fleet().answer(ward.pump(), bad);

        await().atMost(PATIENCE).until(() -> {
            ward.fleet().writeRecords(ward.pump(), 1);
            ward.link().challenge(ward.channel());
            return ward.doubts.stream().anyMatch(BadAnswersIT::saysWhy);
        });

        await().atMost(PATIENCE).until(() -> ward.link().challenge(honest) instanceof Readiness.Ready);
        assertThat(THREADS.getTotalThreadAllocatedBytes() - allocated)
                .as("asked for")
                .isLessThan(MOST_MEMORY);
    }

    /** Its software is mended, and it boots. */
    @AfterEach
    void mendPump() {
        ward.fleet().switchOff(ward.pump());
        ward.fleet().switchOn(ward.pump());
        // Its old session may still stand for open for a moment.
        await().atMost(PATIENCE).until(() -> ward.link().challenge(ward.channel()) instanceof Readiness.Ready);
        await().atMost(PATIENCE).until(ward::areOpen);
        assertThat(ward.doubts).extracting(entry -> entry.said("what")).containsOnly("connection lost");
        ward.doubts.clear();
    }

    private static boolean saysWhy(AuditEntry lost) {
        return lost.said("why").contains("the pump said what cannot be read")
                || lost.said("why").contains("the pump gave 3 values");
    }
}
