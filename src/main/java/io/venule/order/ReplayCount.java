package io.venule.order;

import io.venule.dose.Hindsight;
import io.venule.dose.Hindsight.Alert;
import io.venule.dose.Hindsight.Level;
import io.venule.druglibrary.DrugLibrary;
import io.venule.order.PastOrders.How;
import io.venule.order.PastOrders.Known;
import io.venule.order.PastOrders.Past;
import io.venule.order.PastOrders.Unknown;
import io.venule.order.Replay.Changed;
import io.venule.order.Replay.EntryCount;
import io.venule.order.Replay.Move;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Judges past orders by two libraries, one by one in any order, and counts. Holds no more of them than it shows. */
final class ReplayCount {
    /** As many as a person reads. */
    static final int MOST_CASES = 50;

    private static final Comparator<Changed> OLDEST_FIRST = Comparator.comparing(Changed::at)
            .thenComparing(Changed::order)
            .thenComparing(one -> one.prescription().id().value());

    private final DrugLibrary before;
    private final DrugLibrary after;
    private final Map<Move, Long> moves = new HashMap<>();
    private final Map<String, EntryCount> entries = new TreeMap<>();
    private final PriorityQueue<Changed> newest = new PriorityQueue<>(OLDEST_FIRST);
    private long overridden;
    private long stopped;
    private long notJudged;

    ReplayCount(DrugLibrary before, DrugLibrary after) {
        this.before = before;
        this.after = after;
    }

    void add(Past past) {
        switch (past) {
            case Known known -> add(known);
            case Unknown _ -> notJudged++;
        }
    }

    private void add(Known known) {
        var old = Hindsight.judge(known.prescription(), known.body(), known.pump(), before);
        var now = Hindsight.judge(known.prescription(), known.body(), known.pump(), after);
        var move = new Move(old.level(), now.level());
        moves.merge(move, 1L, Long::sum);
        overridden += known.how() == How.OVERRIDDEN ? 1 : 0;
        stopped += known.how() == How.STOPPED ? 1 : 0;
        if (move.isChange()) {
            changed(known, old, now);
        }
    }

    private void changed(Known known, Alert old, Alert now) {
        var entry = known.prescription().libraryEntry();
        entries.merge(entry, count(entry, old.level(), now.level()), ReplayCount::sum);
        newest.add(new Changed(known.order(), known.at(), known.how(), known.prescription(), old, now));
        if (newest.size() > MOST_CASES) {
            newest.remove();
        }
    }

    private static EntryCount count(String entry, Level before, Level after) {
        return new EntryCount(
                entry,
                one(after == Level.SOFT && before != Level.SOFT),
                one(after.isStopped() && !before.isStopped()),
                one(before == Level.SOFT && after != Level.SOFT),
                one(before.isStopped() && !after.isStopped()));
    }

    private static long one(boolean is) {
        return is ? 1 : 0;
    }

    private static EntryCount sum(EntryCount one, EntryCount other) {
        return new EntryCount(
                one.entry(),
                one.asked() + other.asked(),
                one.stopped() + other.stopped(),
                one.noLongerAsked() + other.noLongerAsked(),
                one.noLongerStopped() + other.noLongerStopped());
    }

    Replay result() {
        var mostFirst = entries.values().stream()
                .filter(entry -> entry.all() > 0)
                .sorted(Comparator.comparingLong(EntryCount::all).reversed().thenComparing(EntryCount::entry))
                .toList();
        List<Changed> cases = newest.stream().sorted(OLDEST_FIRST.reversed()).toList();
        return new Replay(moves, mostFirst, cases, overridden, stopped, notJudged);
    }
}
