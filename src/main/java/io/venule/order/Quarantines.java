package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import java.util.Map;
import java.util.function.Function;

/** The durable record of which pumps are out of use. Every server asks it before it opens a session, so that one who takes a pump over honours it. */
public interface Quarantines {
    /** All that stand now. */
    Map<PumpSerial, Quarantine> standing();

    /** Makes it durable with its entry, in one transaction. Nothing happens where the pump is in quarantine already: the first reason stands. */
    void impose(Quarantine quarantine, AuditEntry entry);

    /** Ends the one that stands, together with the entry that says so; false where there is none. */
    boolean lift(PumpSerial pump, Function<Quarantine, AuditEntry> entry);
}
