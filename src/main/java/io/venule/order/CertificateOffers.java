package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.pump.PumpSerial;
import java.security.cert.X509Certificate;
import java.time.InstantSource;

/** Keeps, and enters in the log, what pumps present instead of what they were enrolled with, until a person accepts it. Nothing is believed for being kept here. */
public final class CertificateOffers {
    private final OfferedCertificates kept;
    private final InstantSource clock;

    public CertificateOffers(OfferedCertificates kept, InstantSource clock) {
        this.kept = kept;
        this.clock = clock;
    }

    /** This was presented at the pump's address; durable when it returns, {@link RecordUnavailable} where it is not. */
    public void presented(PumpSerial pump, X509Certificate certificate) {
        var offered = new OfferedCertificate(pump, certificate, clock.instant());
        var entry = AuditEntry.bySystem(AuditKind.PUMP_CERTIFICATE_OFFERED, offered.since())
                .atPlace(pump.value());
        kept.keep(offered, offered.in(entry));
    }

    /** The pump was reached under what it is enrolled with: what it presented before is no question any more. */
    public void reached(PumpSerial pump) {
        kept.withdraw(pump);
    }
}
