package io.venule.order;

import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.RecordHead;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes verified records from pumps into the durable record: each once, in order, without gap, with its audit entry and whatever it
 * means for an order, before the caller may acknowledge anything. Invariant 5.
 */
public final class PumpReports {
    /** Records in one transaction at most. */
    public static final int MAX_BATCH = 500;

    private final PumpRecords records;
    private final InstantSource clock;

    public PumpReports(PumpRecords records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    /** What came of reporting. */
    public sealed interface Taken {
        /** Durable up to and including {@code head}. */
        record UpTo(RecordHead head) implements Taken {}

        /** Records are missing after {@code head}; nothing from the gap on was kept. Read them and report again. */
        record Gap(Optional<RecordHead> head) implements Taken {}

        /** The record after {@code head} does not hold its hash: the pump's log was changed or forked. A security alarm. */
        record Forked(RecordHead head, PumpRecord offender) implements Taken {}
    }

    /** Where the durable record of a pump ends. */
    public Optional<RecordHead> head(PumpSerial pump) {
        return records.head(pump);
    }

    /** Takes records of one pump in rising order; those already kept are passed over. */
    public Taken accept(PumpSerial pump, List<PumpRecord> reported) {
        if (reported.size() > MAX_BATCH) {
            throw new IllegalArgumentException("at most " + MAX_BATCH + " records at once");
        }
        var head = records.head(pump);
        var fresh = new ArrayList<PumpRecords.Logged>();
        var last = head;
        for (var record : reported) {
            if (alreadyKept(pump, last, record)) {
                continue;
            }
            switch (linkOf(last, record)) {
                case Link.FOLLOWS -> {
                    fresh.add(new PumpRecords.Logged(record, OrderEntries.record(record, clock.instant())));
                    last = Optional.of(new RecordHead(record.position(), record.hash()));
                }
                case Link.MISSING -> {
                    return afterKeeping(pump, head, fresh, new Taken.Gap(last));
                }
                case Link.BROKEN -> {
                    return afterKeeping(pump, head, fresh, new Taken.Forked(last.orElseThrow(), record));
                }
            }
        }
        return last.isEmpty()
                ? new Taken.Gap(last)
                : afterKeeping(pump, head, fresh, new Taken.UpTo(last.orElseThrow()));
    }

    private Taken afterKeeping(
            PumpSerial pump, Optional<RecordHead> head, List<PumpRecords.Logged> fresh, Taken result) {
        // Another reporter was faster: start again from what is kept now.
        return fresh.isEmpty() || records.keep(pump, head, fresh) ? result : new Taken.Gap(records.head(pump));
    }

    private enum Link {
        FOLLOWS,
        MISSING,
        BROKEN
    }

    /** Also true of an epoch that was left: the first record of a new one would follow anything, and must not be kept twice. */
    private boolean alreadyKept(PumpSerial pump, Optional<RecordHead> head, PumpRecord record) {
        var position = record.position();
        return head.map(RecordHead::position)
                .filter(last -> last.epoch().equals(position.epoch())
                        ? position.sequence() <= last.sequence()
                        : records.knows(pump, position.epoch()))
                .isPresent();
    }

    private static Link linkOf(Optional<RecordHead> head, PumpRecord record) {
        if (head.isEmpty()) {
            return RecordHead.before(record.position().epoch()).isFollowedBy(record) ? Link.FOLLOWS : Link.MISSING;
        }
        var last = head.orElseThrow();
        if (last.isFollowedBy(record)) {
            return Link.FOLLOWS;
        }
        var next = last.position().sequence() + 1;
        return last.position().epoch().equals(record.position().epoch())
                        && record.position().sequence() == next
                ? Link.BROKEN
                : Link.MISSING;
    }
}
