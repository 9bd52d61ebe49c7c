package io.venule.opcua;

import io.venule.opcua.RecordIntake.Distrusted;
import io.venule.order.CertificateOffers;
import io.venule.order.RecordUnavailable;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpCertificates;
import io.venule.pump.Quarantine;
import java.security.cert.X509Certificate;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;

/** Dials one pump under the certificates that it is enrolled with, one after the other, and finds out why where it gives no session. */
final class Dialler {
    static final String REVOKED = "its certificate is revoked";

    private static final System.Logger LOG = System.getLogger(Dialler.class.getName());

    private final EnrolledPump pump;
    private final PumpConnection.Fleetwide fleet;
    private final CertificateOffers offers;
    private final Handshakes handshakes;
    /** Whether its last handshake failed. */
    private boolean isDoubted;

    /** Refuses, by an {@link IllegalArgumentException}, a pump of which the inventory holds no usable certificate. */
    Dialler(EnrolledPump pump, PumpConnection.Fleetwide fleet, CertificateOffers offers, Handshakes handshakes) {
        PumpConnection.requireUsable(pump);
        this.pump = pump;
        this.fleet = fleet;
        this.offers = offers;
        this.handshakes = handshakes;
    }

    /** Where it is enrolled with an old and a new certificate, one after the other is tried, the newest first. */
    PumpConnection open(int failures, PumpConnection.Listener listener)
            throws PumpUnreachable, Distrusted, InterruptedException {
        var believed = believed();
        if (believed.isEmpty()) {
            throw new Distrusted(Quarantine.Cause.CERTIFICATE, REVOKED);
        }
        var pinned = believed.get(failures % believed.size());
        reach();
        try {
            var connection = shaken(pinned, listener);
            isDoubted = false;
            return connection;
        } catch (PumpUnreadable e) {
            isDoubted = true;
            throw e;
        } catch (PumpUnreachable e) {
            isDoubted = true;
            throw better(pinned, e);
        }
    }

    /** Whether anybody takes calls at its address. A pump that is switched off is found out without a turn, for there may be hundreds of them. */
    private void reach() throws PumpUnreachable, InterruptedException {
        var host = EndpointUtil.getHost(pump.endpoint());
        var port = EndpointUtil.getPort(pump.endpoint());
        if (host == null || port < 1) {
            return;
        }
        if (!fleet.transport().isAnswered(host, port)) {
            isDoubted = false;
            throw new PumpUnreachable(PlainReason.NOBODY);
        }
    }

    private PumpConnection shaken(X509Certificate pinned, PumpConnection.Listener listener)
            throws PumpUnreachable, InterruptedException {
        try (var _ = handshakes.turn(isDoubted)) {
            return PumpConnection.open(pump, pinned, fleet, listener);
        }
    }

    /** The better reason where the pump presents another certificate; one that could be believed waits for a person from now on. */
    private PumpUnreachable better(X509Certificate pinned, PumpUnreachable failed) throws InterruptedException {
        var presented = OtherCertificate.insteadOf(pinned, pump, fleet, failed);
        presented.waiting().ifPresent(other -> recorded(() -> offers.presented(pump.serial(), other)));
        return presented.reason();
    }

    /** A session is open: what it presented before is no question any more. */
    void reached() {
        recorded(() -> offers.reached(pump.serial()));
    }

    /** What cannot be recorded now is seen again at the next attempt. */
    private void recorded(Runnable offer) {
        try {
            offer.run();
        } catch (RecordUnavailable e) {
            LOG.log(System.Logger.Level.ERROR, "not on record: a certificate pumpId=" + pump.serial(), e);
        }
    }

    /** Those of its certificates that are not revoked, the newest first. */
    List<X509Certificate> believed() {
        return PumpCertificates.of(pump.certificate()).stream()
                .filter(certificate -> !fleet.hub().revocations().names(certificate))
                .toList();
    }

    /** Whether one of those that it is enrolled with is revoked. */
    boolean isOneRevoked() {
        return believed().size() < PumpCertificates.of(pump.certificate()).size();
    }
}
