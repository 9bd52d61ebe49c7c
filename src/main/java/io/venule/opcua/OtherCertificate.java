package io.venule.opcua;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpCertificates;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;

/**
 * Why a pump that gave no session did not, where it presents another certificate than the one it was believed under. Such a pump says of itself only that it refuses us. Nothing that is presented is believed here: one that the
 * fleet's authority made for this very pump may wait for a person, any other is only named. Decision 11.
 *
 * @param reason what to show a person
 * @param waiting what a biomedical engineer may accept
 */
record OtherCertificate(PumpUnreachable reason, Optional<X509Certificate> waiting) {
    static final String WAITS =
            "it presents another certificate than it is enrolled with; a biomedical engineer can accept it on this pump's page";

    /** Asks for it, once; the reason stays as it was where nobody answers, or the session is being closed. */
    static OtherCertificate insteadOf(
            X509Certificate pinned, EnrolledPump pump, PumpConnection.Fleetwide fleet, PumpUnreachable failed)
            throws InterruptedException {
        if (Thread.currentThread().isInterrupted() || PlainReason.isSilence(failed)) {
            return new OtherCertificate(failed, Optional.empty());
        }
        var presented = Discovery.certificate(pump, fleet);
        if (presented.isEmpty()) {
            return new OtherCertificate(failed, Optional.empty());
        }
        try {
            return judged(PumpCertificates.first(presented.get()), pinned, pump, fleet, failed);
        } catch (IllegalArgumentException e) {
            return because("it presents something that is no certificate", failed);
        }
    }

    private static OtherCertificate judged(
            X509Certificate presented,
            X509Certificate pinned,
            EnrolledPump pump,
            PumpConnection.Fleetwide fleet,
            PumpUnreachable failed) {
        if (presented.equals(pinned)) {
            return new OtherCertificate(failed, Optional.empty());
        }
        if (PumpCertificates.of(pump.certificate()).contains(presented)) {
            return because("it presents its other enrolled certificate, which is tried next", failed);
        }
        var fault = PumpCertificateCheck.fault(
                presented,
                PumpConnection.uri(pump, pinned),
                Optional.ofNullable(EndpointUtil.getHost(pump.endpoint())).orElse(""),
                fleet.hub(),
                fleet.clock());
        return fault.map(why -> because(
                        "it presents another certificate than it is enrolled with, which cannot be accepted: " + why,
                        failed))
                .orElseGet(() -> new OtherCertificate(because(WAITS, failed).reason(), Optional.of(presented)));
    }

    private static OtherCertificate because(String why, PumpUnreachable failed) {
        return new OtherCertificate(new PumpUnreachable(why, failed), Optional.empty());
    }
}
