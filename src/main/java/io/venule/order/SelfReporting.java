package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what pumps say of themselves, and enters in the log where a pump's software or serial number is another than before. A serial number that is not the enrolled one is entered at the first reading too.
 * It puts no pump out of use: who a pump is it proves by certificate and signature, and what it signs names the enrolled serial; a plate that says otherwise is for a person to look at.
 */
public final class SelfReporting {
    private final SelfReports reports;
    private final InstantSource clock;

    public SelfReporting(SelfReports reports, InstantSource clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** Durable when it returns; {@link RecordUnavailable} where it is not. */
    public void heard(PumpSerial pump, SelfReport said) {
        var now = clock.instant();
        reports.keep(pump, said, now, before -> entries(pump, before, said, now));
    }

    private static List<AuditEntry> entries(
            PumpSerial pump, Optional<SelfReport> before, SelfReport said, Instant now) {
        var entries = new ArrayList<AuditEntry>();
        var software = said.plate().softwareRevision();
        var ran = before.map(was -> was.plate().softwareRevision()).orElse(software);
        if (!ran.equals(software)) {
            entries.add(changed(pump, "software revision", ran, software, now));
        }
        var serial = said.plate().serialNumber();
        var known = before.map(one -> one.plate().serialNumber()).orElse(pump.value());
        if (!known.equals(serial)) {
            entries.add(changed(pump, "serial number", known, serial, now));
        }
        return List.copyOf(entries);
    }

    private static AuditEntry changed(PumpSerial pump, String what, String from, String to, Instant now) {
        return AuditEntry.bySystem(AuditKind.PUMP_NAMEPLATE, now)
                .atPlace(pump.value())
                .with("what", what)
                .with("from", from)
                .with("to", to);
    }
}
