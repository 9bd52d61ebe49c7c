package io.venule.opcua;

import io.venule.order.PumpReports;
import io.venule.order.PumpReports.Taken;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpRecord;
import io.venule.pump.Quarantine;
import io.venule.signing.JsonMembers.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes one pump's records into the durable record, contiguous and once: those sent by events while they fit, the rest read back. What
 * cannot be believed is {@link Distrusted}.
 */
final class RecordIntake {
    private static final int ROUNDS = 3;

    private final EnrolledPump pump;
    private final SignedReports signed;
    private final PumpReports reports;
    private final int batch;

    /** The pump said something that is not its signed, chained word. */
    static final class Distrusted extends Exception {
        private static final long serialVersionUID = 1L;

        private final Quarantine.Cause kind;
        private final String reason;

        Distrusted(Quarantine.Cause kind, String reason) {
            super(reason);
            this.kind = kind;
            this.reason = reason;
        }

        Quarantine.Cause kind() {
            return kind;
        }

        /** What to show a person. */
        String reason() {
            return reason;
        }
    }

    RecordIntake(EnrolledPump pump, SignedReports signed, PumpReports reports, int batch) {
        this.pump = pump;
        this.signed = signed;
        this.reports = reports;
        this.batch = Math.min(batch, PumpReports.MAX_BATCH);
    }

    /** Takes records as events brought them; false when some are missing before them. */
    boolean take(List<String> texts) throws Distrusted {
        return switch (reports.accept(pump.serial(), parsed(texts))) {
            case Taken.UpTo upTo -> true;
            case Taken.Gap gap -> false;
            case Taken.Forked forked -> throw forked(forked);
        };
    }

    /** Reads everything that the pump has and we have not, epoch by epoch. */
    void catchUp(PumpLog calls) throws PumpUnreachable, Distrusted {
        for (int round = 1; round <= ROUNDS; round++) {
            if (readOn(calls)) {
                return;
            }
        }
        throw new Distrusted(Quarantine.Cause.GAP, "records are missing that the pump no longer keeps");
    }

    /** Compares the ends of both logs, and reads on where the pump's is further. */
    void compare(PumpLog calls) throws PumpUnreachable, Distrusted {
        var theirs = calls.head();
        var ours = reports.head(pump.serial());
        var same = ours.filter(head -> head.position().equals(theirs.position()));
        if (same.isPresent()) {
            if (!same.get().hash().equals(theirs.hash())) {
                throw new Distrusted(
                        Quarantine.Cause.FORK,
                        "the pump's log has another record " + theirs.position().sequence()
                                + " than the one it reported");
            }
            return;
        }
        catchUp(calls);
    }

    private boolean readOn(PumpLog calls) throws PumpUnreachable, Distrusted {
        var epochs = calls.epochs();
        var head = reports.head(pump.serial());
        var known = head.map(last -> epochs.indexOf(last.position().epoch())).filter(index -> index >= 0);
        var from =
                known.map(index -> head.orElseThrow().position().sequence() + 1).orElse(1L);
        for (int i = known.orElse(0); i < epochs.size(); i++) {
            if (!readEpoch(calls, epochs.get(i), from)) {
                return false;
            }
            from = 1L;
        }
        return true;
    }

    private boolean readEpoch(PumpLog calls, String epoch, long first) throws PumpUnreachable, Distrusted {
        var from = first;
        while (true) {
            var texts = calls.records(epoch, from, batch);
            if (texts.isEmpty()) {
                return true;
            }
            switch (reports.accept(pump.serial(), parsed(texts))) {
                case Taken.UpTo(var head) -> {
                    var position = head.position();
                    if (!position.epoch().equals(epoch) || position.sequence() < from) {
                        return false;
                    }
                    from = position.sequence() + 1;
                }
                case Taken.Gap gap -> {
                    return false;
                }
                case Taken.Forked forked -> throw forked(forked);
            }
        }
    }

    private List<PumpRecord> parsed(List<String> texts) throws Distrusted {
        var records = new ArrayList<PumpRecord>();
        for (var text : texts) {
            switch (signed.record(text)) {
                case Reading.Ok<PumpRecord>(var record) -> records.add(record);
                case Reading.Refused<PumpRecord> refused ->
                    throw new Distrusted(
                            Quarantine.Cause.RECORD, "a record that cannot be believed: " + refused.text());
            }
        }
        return records;
    }

    private static Distrusted forked(Taken.Forked forked) {
        return new Distrusted(
                Quarantine.Cause.FORK,
                "record " + forked.offender().position().sequence() + " does not follow the one before it");
    }
}
