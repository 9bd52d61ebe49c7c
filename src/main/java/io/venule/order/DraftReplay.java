package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.druglibrary.DrugLibrary;
import io.venule.order.PastOrders.How;
import io.venule.order.PastOrders.Known;
import io.venule.order.PastOrders.Past;
import io.venule.order.PastOrders.Place;
import io.venule.order.PastOrders.Unknown;
import io.venule.prescription.PrescriptionId;
import io.venule.pump.PumpSerial;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;

/**
 * What a draft of the drug library would have done: judges what was ordered in the last {@link #WINDOW} by the active release and by the draft. Takes
 * in the programs that were sent, and those that a hard limit stopped, once for each prescription and pump; no change of a rate and no bolus. Weights
 * are those on record today. Keeps nothing. Source: docs/drug-library.md, "What a draft would have done"; EXPECTATIONS row 23.
 */
public final class DraftReplay {
    public static final Duration WINDOW = Duration.ofDays(90);
    /** Programs looked at, the newest: what a large hospital orders in the window, and seconds of work. */
    public static final int MOST_ORDERS = 100_000;
    /** Refusals of the log looked at, of every kind, the newest. */
    public static final int MOST_REFUSALS = 1_000;
    /** Read at a time, each in a transaction of its own. */
    private static final int BATCH = 500;

    private final PastOrders past;
    private final Ward ward;
    private final AuditLog log;
    private final InstantSource clock;

    public DraftReplay(PastOrders past, Ward ward, AuditLog log, InstantSource clock) {
        this.past = past;
        this.ward = ward;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param since first instant looked at
     * @param moreOrders whether there were more programs than {@link #MOST_ORDERS}
     * @param moreRefusals whether there may have been more refusals than {@link #MOST_REFUSALS}
     */
    public record Replayed(Instant since, Instant until, Replay replay, boolean moreOrders, boolean moreRefusals) {}

    public Replayed of(DrugLibrary active, DrugLibrary draft) {
        var until = clock.instant();
        var since = until.minus(WINDOW);
        var count = new ReplayCount(active, draft);
        var moreOrders = orders(since, until, count);
        var moreRefusals = refusals(since, until, count);
        return new Replayed(since, until, count.result(), moreOrders, moreRefusals);
    }

    /** Whether there were more. */
    private boolean orders(Instant since, Instant until, ReplayCount count) {
        var place = new Place(until, "");
        for (int seen = 0; seen < MOST_ORDERS; seen += BATCH) {
            var batch = past.programs(since, place, BATCH);
            batch.forEach(count::add);
            if (batch.size() < BATCH) {
                return false;
            }
            place = new Place(batch.getLast().at(), batch.getLast().order());
        }
        return !past.programs(since, place, 1).isEmpty();
    }

    /** Whether there may have been more. */
    private boolean refusals(Instant since, Instant until, ReplayCount count) {
        var kind = new AuditLog.About("", "", "", "", "", AuditKind.ORDER_REFUSED.name());
        var found = log.find(new AuditLog.Search(kind, since, until, Long.MAX_VALUE, MOST_REFUSALS));
        var seen = new HashSet<Attempt>();
        for (var logged : found) {
            attempt(logged.entry())
                    .filter(seen::add)
                    .ifPresent(attempt -> judged(attempt, logged.entry().at(), count));
        }
        return found.size() == MOST_REFUSALS;
    }

    /** What was tried where, and stopped at a hard limit; changes of a rate name no prescription. */
    private record Attempt(PrescriptionId prescription, PumpSerial pump) {}

    private static Optional<Attempt> attempt(AuditEntry entry) {
        var channel = entry.place().lastIndexOf('/');
        if (channel < 0 || !entry.said("verdict").equals("OUTSIDE_HARD_LIMITS")) {
            return Optional.empty();
        }
        return PrescriptionId.parse(entry.said("prescription"))
                .map(id -> new Attempt(id, new PumpSerial(entry.place().substring(0, channel))));
    }

    private void judged(Attempt attempt, Instant at, ReplayCount count) {
        count.add(ward.together(() -> known(attempt, at))
                .<Past>map(known -> known)
                .orElseGet(() -> new Unknown("", at)));
    }

    /** Empty where the patient was erased. */
    private Optional<Known> known(Attempt attempt, Instant at) {
        return ward.prescription(attempt.prescription())
                .flatMap(prescription -> ward.patient(prescription.patient())
                        .flatMap(patient -> ward.pump(attempt.pump())
                                .map(pump ->
                                        new Known("", at, prescription, patient.body(), pump.model(), How.STOPPED))));
    }
}
