package io.venule.order;

import io.venule.dose.Hindsight.Alert;
import io.venule.dose.Hindsight.Level;
import io.venule.order.PastOrders.How;
import io.venule.prescription.Prescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What past orders came to under one library and would come to under another. Counts are of orders; {@link ReplayCount} counts them.
 *
 * @param moves how many, by what they met before and after; pairs that none has are left out
 * @param entries entries with more or fewer alerts, the most changed first
 * @param cases the newest whose level is not the same, {@link ReplayCount#MOST_CASES} at most
 * @param overridden how many of those judged had passed a soft limit with a reason then
 * @param stopped how many of those judged a hard limit had stopped then
 * @param notJudged how many could not be judged, because the patient was erased or the pump is not in the inventory
 */
public record Replay(
        Map<Move, Long> moves,
        List<EntryCount> entries,
        List<Changed> cases,
        long overridden,
        long stopped,
        long notJudged) {
    public Replay {
        moves = Map.copyOf(moves);
        entries = List.copyOf(entries);
        cases = List.copyOf(cases);
    }

    /** From what was met to what would be met. */
    public record Move(Level before, Level after) {
        public boolean isChange() {
            return before != after;
        }
    }

    /**
     * How the alerts of one entry would change. An order that is stopped and would only be asked about counts in two of the four.
     *
     * @param asked would be asked for a reason, and was not
     * @param stopped would be stopped, and was not
     */
    public record EntryCount(String entry, long asked, long stopped, long noLongerAsked, long noLongerStopped) {
        /** All four. */
        public long all() {
            return asked + stopped + noLongerAsked + noLongerStopped;
        }
    }

    /**
     * One that would come to something else.
     *
     * @param order its id; empty where it never became an order
     */
    public record Changed(String order, Instant at, How how, Prescription prescription, Alert before, Alert after) {}

    /** How many were judged. */
    public long judged() {
        return moves.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many would come to something else. */
    public long changed() {
        return moves.entrySet().stream()
                .filter(move -> move.getKey().isChange())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many met this before. */
    public long before(Level level) {
        return moves.entrySet().stream()
                .filter(move -> move.getKey().before() == level)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many would meet this after. */
    public long after(Level level) {
        return moves.entrySet().stream()
                .filter(move -> move.getKey().after() == level)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
