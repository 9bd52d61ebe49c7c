package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.signing.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** {@link OfferedCertificates} in memory under the rules of the real store, but that nothing can be accepted. */
public final class OfferedCertificatesInMemory implements OfferedCertificates {
    private final AuditTrail trail;
    private final Map<PumpSerial, List<OfferedCertificate>> kept = new TreeMap<>();

    public OfferedCertificatesInMemory(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public synchronized Map<PumpSerial, List<OfferedCertificate>> waiting() {
        return Map.copyOf(kept);
    }

    @Override
    public synchronized void keep(OfferedCertificate offered, AuditEntry entry) {
        var waiting = new ArrayList<>(kept.getOrDefault(offered.pump(), List.of()));
        if (waiting.stream().noneMatch(one -> one.fingerprint().equals(offered.fingerprint()))) {
            waiting.addFirst(offered);
            kept.put(offered.pump(), List.copyOf(waiting));
            trail.append(entry);
        }
    }

    @Override
    public synchronized void withdraw(PumpSerial pump) {
        kept.remove(pump);
    }

    @Override
    public Optional<EnrolledPump> accept(
            PumpSerial pump, Digest fingerprint, Function<OfferedCertificate, AuditEntry> entry) {
        throw new UnsupportedOperationException("not in these tests");
    }
}
