package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** {@link Quarantines} in memory under the rules of the real store, with a silence for tests to set. */
public final class QuarantinesInMemory implements Quarantines {
    private final AuditTrail trail;
    private final Map<PumpSerial, Quarantine> standing = new TreeMap<>();
    private boolean silent;

    public QuarantinesInMemory(AuditTrail trail) {
        this.trail = trail;
    }

    /** Whether it takes new ones. */
    public synchronized void silent(boolean now) {
        silent = now;
    }

    @Override
    public synchronized Map<PumpSerial, Quarantine> standing() {
        return Map.copyOf(standing);
    }

    @Override
    public synchronized void impose(Quarantine quarantine, AuditEntry entry) {
        if (silent) {
            throw new RecordUnavailable(new IllegalStateException("silent"));
        }
        if (standing.putIfAbsent(quarantine.pump(), quarantine) == null) {
            trail.append(entry);
        }
    }

    @Override
    public synchronized boolean lift(PumpSerial pump, Function<Quarantine, AuditEntry> entry) {
        var was = standing.remove(pump);
        if (was == null) {
            return false;
        }
        trail.append(entry.apply(was));
        return true;
    }
}
