package io.venule.opcua;

import io.venule.pump.EnrolledPump;
import java.util.Optional;

/** What a pump must have to take orders, brought at each opening and at each round: the revoked keys, its ward's keys, the library, and a look at the log. */
final class Outfit {
    private static final System.Logger LOG = System.getLogger(Outfit.class.getName());

    private final EnrolledPump pump;
    private final PumpSessions.Ports ports;
    private final int block;
    private Optional<String> revoked = Optional.empty();

    /** @param block bytes of a library sent in one call */
    Outfit(EnrolledPump pump, PumpSessions.Ports ports, int block) {
        this.pump = pump;
        this.ports = ports;
        this.block = block;
    }

    void bring(PumpCalls open) throws PumpUnreachable {
        var provisions = provisions();
        revoke(open, provisions);
        for (var certificate : provisions.certificates()) {
            var answer = open.trust(certificate);
            if (!answer.equals("ACCEPTED")) {
                LOG.log(System.Logger.Level.WARNING, "key refused pumpId={0} error={1}", pump.serial(), answer);
            }
        }
        sendLibrary(open, provisions);
        ports.witness().show(pump, open::witness);
    }

    /** What the root does not believe any more the pump must not either: at each opening, at each round, and as soon as it changes. */
    void bringRevocationsIfNew(PumpCalls open) throws PumpUnreachable {
        var provisions = provisions();
        if (!provisions.revocations().equals(revoked)) {
            revoke(open, provisions);
        }
    }

    private Provisions provisions() {
        return ports.provisions().apply(pump.ward());
    }

    private void revoke(PumpCalls open, Provisions provisions) throws PumpUnreachable {
        revoked = provisions.revocations();
        if (revoked.isPresent()) {
            var answer = open.revoke(revoked.get());
            if (!answer.equals("ACCEPTED")) {
                LOG.log(System.Logger.Level.ERROR, "revocations refused pumpId={0} error={1}", pump.serial(), answer);
            }
        }
    }

    private void sendLibrary(PumpCalls open, Provisions provisions) throws PumpUnreachable {
        var held = open.library();
        if (held.sha256().equals(provisions.sha256()) || held.counter() > provisions.counter()) {
            return;
        }
        var answer = open.send(provisions, block);
        LOG.log(
                answer.equals("ACCEPTED") ? System.Logger.Level.INFO : System.Logger.Level.ERROR,
                "library {0} sent pumpId={1} answer={2}",
                provisions.counter(),
                pump.serial(),
                answer);
    }
}
