package io.venule.opcua;

import io.venule.order.RecordUnavailable;
import io.venule.order.SelfReporting;
import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import java.util.Optional;

/** Reads what a pump says of itself and has it kept, once for each time that it says something else. What the record does not take now it is given again. */
final class Introduction {
    private static final System.Logger LOG = System.getLogger(Introduction.class.getName());

    private final PumpSerial pump;
    private final SelfReporting reporting;
    private Optional<SelfReport> said = Optional.empty();
    private Optional<SelfReport> kept = Optional.empty();

    Introduction(PumpSerial pump, SelfReporting reporting) {
        this.pump = pump;
        this.reporting = reporting;
    }

    /** The library that the pump holds now. */
    PumpLibrary look(PumpCalls open) throws PumpUnreachable {
        var now = open.selfReport();
        said = Optional.of(now);
        keep();
        return now.library();
    }

    /** A record that does not answer keeps no pump from its session. */
    void keep() {
        if (said.equals(kept)) {
            return;
        }
        try {
            said.ifPresent(report -> reporting.heard(pump, report));
            kept = said;
        } catch (RecordUnavailable e) {
            LOG.log(System.Logger.Level.ERROR, "not kept: what it says of itself pumpId=" + pump, e);
        }
    }
}
