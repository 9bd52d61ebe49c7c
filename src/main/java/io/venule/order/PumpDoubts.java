package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.pump.PumpSerial;
import java.time.InstantSource;

/** Records that a pump gave cause for doubt: what became of it, and why. */
public final class PumpDoubts {
    /** The pump is out of use until a person enrols it anew. */
    private static final String QUARANTINED = "quarantined";

    private static final String LOST = "connection lost";

    private final AuditTrail trail;
    private final InstantSource clock;

    public PumpDoubts(AuditTrail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /** It said something that cannot be believed, and is not listened to any more. */
    public void quarantined(PumpSerial pump, String why) {
        append(pump, QUARANTINED, why);
    }

    /** A session with it ended that was open before; one that never opened is no news. */
    public void lost(PumpSerial pump, String why) {
        append(pump, LOST, why);
    }

    private void append(PumpSerial pump, String what, String why) {
        trail.append(AuditEntry.bySystem(AuditKind.PUMP_DOUBTED, clock.instant())
                .atPlace(pump.value())
                .with("what", what)
                .with("why", why));
    }
}
