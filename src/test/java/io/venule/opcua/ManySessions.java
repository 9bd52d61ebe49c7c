package io.venule.opcua;

import static org.awaitility.Awaitility.await;

import io.venule.order.PumpLink.Readiness;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.FleetPump;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Our own sessions with a fleet of simulated pumps in this process, without database: for benchmarks. */
public final class ManySessions implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final PumpWard ward;
    private final List<PumpSerial> pumps;
    private final MiloPumpLink link;

    /** Returns when every session is open. */
    public ManySessions(Path folder, FleetPlan plan) {
        this.ward = new PumpWard(folder, plan);
        this.pumps = ward.fleet().pumps().stream()
                .map(FleetPump::enrolment)
                .map(enrolment -> enrolment.serial())
                .toList();
        this.link = ward.link();
        awaitOpen();
    }

    /** How many there are. */
    public int count() {
        return pumps.size();
    }

    private void awaitOpen() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> ward.sessions().states().values().stream().allMatch(SessionState.Open.class::isInstance));
    }

    /** One signed call on a session: the pump's challenge, its signature verified. */
    public boolean call(int session) {
        return link.challenge(new ChannelId(pumps.get(session), 1)) instanceof Readiness.Ready;
    }

    @Override
    public void close() {
        ward.close();
    }
}
