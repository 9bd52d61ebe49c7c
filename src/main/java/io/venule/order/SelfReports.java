package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The durable record of what pumps say of themselves, the last word of each: every server shows it, also of a pump that is away. */
public interface SelfReports {
    /**
     * What a pump said last.
     *
     * @param since when it was first read like this
     */
    record Kept(SelfReport said, Instant since) {}

    /** Empty where the pump was never asked. */
    Optional<Kept> of(PumpSerial pump);

    /** The pumps that hold another library than the one of this hash, and those whose nameplate has another serial number than they were enrolled under. */
    Map<PumpSerial, SelfReport> amiss(String librarySha256);

    /** Makes it durable with what there is to be entered of it, in one transaction; nothing is written where it stands already. The last one to say it is right. */
    void keep(PumpSerial pump, SelfReport said, Instant at, Function<Optional<SelfReport>, List<AuditEntry>> entries);
}
