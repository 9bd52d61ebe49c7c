package io.venule.simulation;

import io.venule.audit.AuditKind;
import io.venule.pump.PumpSerial;
import java.util.HashMap;
import java.util.Map;

/** What must hold for a pump that cannot be believed. Invariant 9 of the design; T-29, T-38; each promise is a method and fails under its name. */
final class DoubtPromises {
    private final Scheduler scheduler;
    private final Database database;
    private final Map<PumpSerial, Long> outSince = new HashMap<>();

    DoubtPromises(Scheduler scheduler, Database database) {
        this.scheduler = scheduler;
        this.database = database;
    }

    /** Something may have changed. */
    void hold() {
        outSince.keySet().retainAll(database.standing().keySet());
        database.standing().forEach((pump, out) -> {
            if (outSince.putIfAbsent(pump, scheduler.now()) == null) {
                a_quarantine_says_why(pump, out.why());
            }
        });
    }

    private void a_quarantine_says_why(PumpSerial pump, String why) {
        var entry = database.log().getLast();
        var said = entry.kind() == AuditKind.PUMP_DOUBTED && entry.place().equals(pump.value());
        if (why.isBlank() || !said) {
            throw new Broken("a_quarantine_says_why", pump + " " + why);
        }
    }

    /**
     * A process turns to a pump with an order, or for one.
     *
     * @param doubted whether it found the pump out itself
     * @param asked when it last asked the record who is out of use, by the true time
     */
    void a_pump_out_of_use_gets_nothing(PumpSerial pump, boolean doubted, long asked) {
        var since = outSince.getOrDefault(pump, Long.MAX_VALUE);
        if (doubted || asked > since) {
            throw new Broken("a_pump_out_of_use_gets_nothing", pump.value());
        }
    }
}
