package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.pairing.Lot;
import io.venule.pump.ChannelId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The durable record of recalled lots, and which orders used bags of a lot. */
public interface Recalls {
    /** Those that stand, the newest first. */
    List<Recall> standing(int atMost);

    /** Those that stand under this lot number, in upper or lower case, of whatever product; the newest first. */
    List<Recall> under(String number);

    /** Makes it durable with its entry, in one transaction. */
    Declared declare(Lot lot, Recall.Reason reason, String reference, Instant since, AuditEntry entry);

    /** What came of it. */
    sealed interface Declared {
        /** Durable; no bag of it is paired from now on. */
        record New(Recall recall) implements Declared {}

        /** The lot is recalled already, and nothing was written. */
        record Stands(Recall recall) implements Declared {}
    }

    /** Ends the one that stands under this number, together with the entry that says so; false where there is none. */
    boolean lift(long number, Function<Recall, AuditEntry> entry);

    /** The programs whose bag is of this lot: open ones first, then the newest. */
    List<OrderView> orders(Lot lot, int atMost);

    /** Where a bag of a recalled lot waits or runs now. */
    Map<ChannelId, Lot> inUse();
}
