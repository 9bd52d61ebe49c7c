package io.venule.opcua;

import io.venule.order.PumpLink.Readiness;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.simulator.FleetCa;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.FleetPump;
import io.venule.simulator.SimulatorFleet;
import io.venule.simulator.WardKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Our own sessions with a fleet of simulated pumps in this process, as the product is set when nobody sets anything, without database: for benchmarks. */
public final class ManySessions implements AutoCloseable {
    private final SimulatorFleet fleet;
    private final List<EnrolledPump> pumps;
    private final SessionsAlone sessions;
    private final MiloPumpLink link;

    /** Returns when every session is open. */
    public ManySessions(Path folder, FleetPlan plan, FleetCa ca) {
        var keys = WardKeys.create(Instant.now());
        this.fleet = SimulatorFleet.start(plan, ca, keys.root().verifyingKey());
        this.pumps = fleet.pumps().stream().map(FleetPump::enrolment).toList();
        this.sessions = new SessionsAlone(pumps, keys, SessionsAlone.settings(folder, ca));
        this.link = sessions.link();
    }

    /** How many there are. */
    public int count() {
        return pumps.size();
    }

    /** One signed call on a session: the pump's challenge, its signature verified. */
    public boolean call(int session) {
        return link.challenge(new ChannelId(pumps.get(session).serial(), 1)) instanceof Readiness.Ready;
    }

    @Override
    public void close() {
        sessions.close();
        fleet.close();
    }
}
