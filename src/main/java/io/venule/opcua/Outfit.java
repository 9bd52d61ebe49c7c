package io.venule.opcua;

import io.venule.pump.EnrolledPump;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What a pump must have to take orders: the revoked keys, its ward's keys, the library, and a look at the log. Brought at each opening, as soon as it changes, and every so often all the same: a pump keeps
 * what it took, and one that was switched off and on has another session. What it says of itself is read beside the library.
 */
final class Outfit {
    /** The list of revoked keys. Source: pump contract, "Keys". */
    private static final Duration REVOKED_AT_LEAST_EVERY = Duration.ofMinutes(1);
    /** Keys and library, which a pump keeps through every boot. */
    private static final Duration ALL_AT_LEAST_EVERY = Duration.ofMinutes(5);

    private static final System.Logger LOG = System.getLogger(Outfit.class.getName());

    private final EnrolledPump pump;
    private final PumpSessions.Ports ports;
    private final OpcUaSettings settings;
    private final Semaphore transfers;
    private final Introduction introduction;
    private Optional<String> revoked = Optional.empty();
    /** What it took; none where it refused any. */
    private List<String> trusted = List.of();
    /** SHA-256 of the release that was offered last. */
    private String offered = "";

    private Duration brought = Duration.ZERO;
    private Duration told = Duration.ZERO;

    /** @param transfers releases that are brought to open sessions at the same time, for when one is published all pumps need it at once */
    Outfit(EnrolledPump pump, PumpSessions.Ports ports, OpcUaSettings settings, Semaphore transfers) {
        this.transfers = transfers;
        this.pump = pump;
        this.ports = ports;
        this.settings = settings;
        this.introduction = new Introduction(pump.serial(), ports.reporting());
    }

    /** At an opening, when nothing is known of what the pump has; {@code uptime} is by a clock that nobody sets. */
    void bring(PumpCalls open, Duration uptime) throws PumpUnreachable {
        bring(open, provisions(), uptime);
        ports.witness().show(pump, open::witness);
    }

    /** At each round of a session: all of it if the ward's keys are new, and what would be brought too late by the next round. */
    void bringAgain(PumpCalls open, Duration uptime) throws PumpUnreachable {
        var provisions = provisions();
        var next = uptime.plus(settings.headEvery());
        introduction.keep();
        if (!provisions.certificates().equals(trusted) || next.minus(brought).compareTo(ALL_AT_LEAST_EVERY) >= 0) {
            bring(open, provisions, uptime);
        } else if (next.minus(told).compareTo(REVOKED_AT_LEAST_EVERY) >= 0) {
            revoke(open, provisions);
            told = uptime;
        }
        ports.witness().show(pump, open::witness);
    }

    /** What the pump refused, because its clock was wrong for instance, it is brought again in the next round. */
    private void bring(PumpCalls open, Provisions provisions, Duration uptime) throws PumpUnreachable {
        revoke(open, provisions);
        told = uptime;
        var taken = true;
        for (var certificate : provisions.certificates()) {
            var answer = open.trust(certificate);
            if (!answer.equals("ACCEPTED")) {
                LOG.log(System.Logger.Level.WARNING, "key refused pumpId={0} error={1}", pump.serial(), answer);
                taken = false;
            }
        }
        taken &= sendLibrary(open, provisions);
        trusted = taken ? provisions.certificates() : List.of();
        brought = uptime;
    }

    /** What the root does not believe any more the pump must not either: at each opening, within each minute, and as soon as it changes. A new release is brought now if few others are; else when this is asked again. */
    void bringWhatIsNew(PumpCalls open) throws PumpUnreachable {
        var provisions = provisions();
        if (!provisions.revocations().equals(revoked)) {
            revoke(open, provisions);
        }
        if (!provisions.sha256().equals(offered) && transfers.tryAcquire()) {
            try {
                trusted = sendLibrary(open, provisions) ? trusted : List.of();
            } finally {
                transfers.release();
            }
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

    /** Whether the pump has it. */
    private boolean sendLibrary(PumpCalls open, Provisions provisions) throws PumpUnreachable {
        offered = provisions.sha256();
        var held = introduction.look(open);
        if (held.sha256().equals(provisions.sha256()) || held.counter() > provisions.counter()) {
            return true;
        }
        var answer = open.send(provisions, settings.libraryBlock());
        var taken = answer.equals("ACCEPTED");
        LOG.log(
                taken ? System.Logger.Level.INFO : System.Logger.Level.ERROR,
                "library {0} sent pumpId={1} answer={2}",
                provisions.counter(),
                pump.serial(),
                answer);
        introduction.look(open);
        return taken;
    }
}
