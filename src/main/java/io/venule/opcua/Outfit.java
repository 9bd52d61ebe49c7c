package io.venule.opcua;

import io.venule.pump.EnrolledPump;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a pump must have to take orders: the revoked keys, its ward's keys, the library, and a look at the log. Brought at each opening, as soon as it changes, and every so often all the same: a pump keeps
 * what it took, and one that was switched off and on has another session.
 */
final class Outfit {
    /** Source: pump contract, "Keys". */
    private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(Outfit.class.getName());

    private final EnrolledPump pump;
    private final PumpSessions.Ports ports;
    private final OpcUaSettings settings;
    private Optional<String> revoked = Optional.empty();
    private List<String> trusted = List.of();
    private Duration brought = Duration.ZERO;

    Outfit(EnrolledPump pump, PumpSessions.Ports ports, OpcUaSettings settings) {
        this.pump = pump;
        this.ports = ports;
        this.settings = settings;
    }

    /** At an opening, when nothing is known of what the pump has; {@code uptime} is by a clock that nobody sets. */
    void bring(PumpCalls open, Duration uptime) throws PumpUnreachable {
        bring(open, provisions());
        brought = uptime;
        ports.witness().show(pump, open::witness);
    }

    /** At each round of a session: all of it if the ward's keys are new, or if another round would be too late. */
    void bringAgain(PumpCalls open, Duration uptime) throws PumpUnreachable {
        var provisions = provisions();
        var byNextRound = uptime.minus(brought).plus(settings.headEvery());
        if (!provisions.certificates().equals(trusted) || byNextRound.compareTo(AT_LEAST_EVERY) >= 0) {
            bring(open, provisions);
            brought = uptime;
        }
        ports.witness().show(pump, open::witness);
    }

    private void bring(PumpCalls open, Provisions provisions) throws PumpUnreachable {
        revoke(open, provisions);
        for (var certificate : provisions.certificates()) {
            var answer = open.trust(certificate);
            if (!answer.equals("ACCEPTED")) {
                LOG.log(System.Logger.Level.WARNING, "key refused pumpId={0} error={1}", pump.serial(), answer);
            }
        }
        trusted = provisions.certificates();
        sendLibrary(open, provisions);
    }

    /** What the root does not believe any more the pump must not either: at each opening, twice a minute or so, and as soon as it changes. */
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
        var list = provisions.revocations();
        if (list.isPresent()) {
            var answer = open.revoke(list.get());
            if (!answer.equals("ACCEPTED")) {
                LOG.log(System.Logger.Level.ERROR, "revocations refused pumpId={0} error={1}", pump.serial(), answer);
            }
        }
        revoked = list;
    }

    private void sendLibrary(PumpCalls open, Provisions provisions) throws PumpUnreachable {
        var held = open.library();
        if (held.sha256().equals(provisions.sha256()) || held.counter() > provisions.counter()) {
            return;
        }
        var answer = open.send(provisions, settings.libraryBlock());
        LOG.log(
                answer.equals("ACCEPTED") ? System.Logger.Level.INFO : System.Logger.Level.ERROR,
                "library {0} sent pumpId={1} answer={2}",
                provisions.counter(),
                pump.serial(),
                answer);
    }
}
