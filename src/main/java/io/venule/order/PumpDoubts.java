package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import java.time.InstantSource;
import java.util.Map;

/** Records that a pump gave cause for doubt: what became of it, and why; and says which pumps are out of use for it. */
public final class PumpDoubts {
    /** The pump is out of use until a person lifts it. */
    private static final String QUARANTINED = "quarantined";

    private static final String LOST = "connection lost";

    private final AuditTrail trail;
    private final Quarantines quarantines;
    private final InstantSource clock;

    public PumpDoubts(AuditTrail trail, Quarantines quarantines, InstantSource clock) {
        this.trail = trail;
        this.quarantines = quarantines;
        this.clock = clock;
    }

    /** It said something that cannot be believed, and no server listens to it any more. */
    public void quarantined(Quarantine quarantine) {
        quarantines.impose(quarantine, entry(quarantine.pump(), QUARANTINED, quarantine.why()));
    }

    /** Which pumps are out of use now, whichever server found the reason. */
    public Map<PumpSerial, Quarantine> quarantined() {
        return quarantines.standing();
    }

    /** A session with it ended that was open before; one that never opened is no news. */
    public void lost(PumpSerial pump, String why) {
        trail.append(entry(pump, LOST, why));
    }

    private AuditEntry entry(PumpSerial pump, String what, String why) {
        return AuditEntry.bySystem(AuditKind.PUMP_DOUBTED, clock.instant())
                .atPlace(pump.value())
                .with("what", what)
                .with("why", why);
    }
}
