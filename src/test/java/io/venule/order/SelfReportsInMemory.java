package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@link SelfReports} in memory under the rules of the real store, with a silence for tests to set. */
public final class SelfReportsInMemory implements SelfReports {
    private final AuditTrail trail;
    private final Map<PumpSerial, Kept> kept = new TreeMap<>();
    private boolean silent;

    public SelfReportsInMemory(AuditTrail trail) {
        this.trail = trail;
    }

    /** Whether it takes anything. */
    public synchronized void silent(boolean now) {
        silent = now;
    }

    @Override
    public synchronized Optional<Kept> of(PumpSerial pump) {
        return Optional.ofNullable(kept.get(pump));
    }

    @Override
    public synchronized Map<PumpSerial, SelfReport> amiss(String librarySha256) {
        return kept.entrySet().stream()
                .filter(one -> !one.getValue().said().library().sha256().equals(librarySha256)
                        || !one.getValue()
                                .said()
                                .plate()
                                .serialNumber()
                                .equals(one.getKey().value()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().said()));
    }

    @Override
    public synchronized void keep(
            PumpSerial pump, SelfReport said, Instant at, Function<Optional<SelfReport>, List<AuditEntry>> entries) {
        if (silent) {
            throw new RecordUnavailable(new IllegalStateException("silent"));
        }
        var before = of(pump).map(Kept::said);
        if (before.filter(said::equals).isEmpty()) {
            kept.put(pump, new Kept(said, at));
            entries.apply(before).forEach(trail::append);
        }
    }
}
