package io.venule.web.library;

import io.venule.dose.Hindsight.Level;
import io.venule.order.DraftReplay;
import io.venule.order.PastOrders.How;
import io.venule.order.Replay;
import io.venule.web.Times;
import io.venule.web.Wording;
import io.venule.web.library.ReleasePages.Side;
import io.venule.web.library.WhatIfDesk.Case;
import io.venule.web.library.WhatIfDesk.Met;
import io.venule.web.library.WhatIfDesk.Tried;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a draft would have done, for the eye.
 *
 * @param all how many differences there are between the releases
 * @param flagged how many of them may permit what was not permitted before
 * @param moreEntries how many entries there are, where they are not all here; else empty
 */
public record WhatIfView(
        Side before,
        Side after,
        long all,
        long flagged,
        List<ChangeRow> grave,
        List<ChangeRow> others,
        Counts counts,
        List<Outcome> outcomes,
        List<Moved> moved,
        List<Replay.EntryCount> entries,
        String moreEntries,
        List<CaseShown> cases) {
    /** Entries on a page at most. */
    private static final int MOST_ENTRIES = 100;

    /**
     * How many were looked at, in figures with commas; empty where there is nothing to say.
     *
     * @param moreOrders how many were looked at, where there were more
     * @param moreRefusals how many entries of the log were looked at, where there may have been more
     */
    public record Counts(
            String judged,
            String changed,
            String overridden,
            String stopped,
            String notJudged,
            String moreOrders,
            String moreRefusals,
            Times.Shown since) {
        public boolean isNone() {
            return judged.equals("0");
        }

        public boolean isSame() {
            return changed.equals("0");
        }
    }

    /** What can be met: a word and a shape beside its colour. */
    public record Sign(String word, String icon, String tone) {
        static Sign of(Level level) {
            return switch (level) {
                case NONE -> new Sign("Passes", "check-circle-fill", "good");
                case SOFT -> new Sign("Reason needed", "exclamation-triangle-fill", "warn");
                case HARD -> new Sign("Stopped", "x-octagon-fill", "bad");
                case NO_ENTRY -> new Sign("No such entry", "question-circle-fill", "bad");
            };
        }
    }

    /** How many orders met it under either release. */
    public record Outcome(Sign sign, String before, String after) {}

    /** How many orders would meet something else. */
    public record Moved(Sign before, Sign after, String orders) {}

    /** An order that would come to something else. */
    public record CaseShown(Case one, Times.Shown at, String how, Said before, Said after) {}

    /** What one release says of it. */
    public record Said(Sign sign, List<String> why) {
        static Said of(Met met) {
            return new Said(Sign.of(Level.valueOf(met.level())), met.why());
        }
    }

    static WhatIfView of(Tried tried, Times times) {
        var replay = tried.replayed().replay();
        return new WhatIfView(
                Side.of(tried.before()),
                Side.of(tried.after()),
                tried.diff().differences().count(),
                tried.diff().flagged(),
                ChangeRow.of(tried.diff(), true),
                ChangeRow.of(tried.diff(), false),
                counts(tried, times),
                Arrays.stream(Level.values())
                        .map(level -> new Outcome(
                                Sign.of(level),
                                Wording.grouped(replay.before(level)),
                                Wording.grouped(replay.after(level))))
                        .toList(),
                moved(replay),
                replay.entries().stream().limit(MOST_ENTRIES).toList(),
                replay.entries().size() > MOST_ENTRIES
                        ? Wording.grouped(replay.entries().size())
                        : "",
                tried.cases().stream().map(one -> shown(one, times)).toList());
    }

    private static Counts counts(Tried tried, Times times) {
        var replayed = tried.replayed();
        var replay = replayed.replay();
        return new Counts(
                Wording.grouped(replay.judged()),
                Wording.grouped(replay.changed()),
                Wording.grouped(replay.overridden()),
                Wording.grouped(replay.stopped()),
                replay.notJudged() == 0 ? "" : Wording.grouped(replay.notJudged()),
                replayed.moreOrders() ? Wording.grouped(DraftReplay.MOST_ORDERS) : "",
                replayed.moreRefusals() ? Wording.grouped(DraftReplay.MOST_REFUSALS) : "",
                times.show(replayed.since()));
    }

    private static List<Moved> moved(Replay replay) {
        return replay.moves().entrySet().stream()
                .filter(move -> move.getKey().isChange())
                .sorted(Map.Entry.<Replay.Move, Long>comparingByValue()
                        .reversed()
                        .thenComparing(move -> move.getKey().before(), Comparator.naturalOrder())
                        .thenComparing(move -> move.getKey().after(), Comparator.naturalOrder()))
                .map(move -> new Moved(
                        Sign.of(move.getKey().before()),
                        Sign.of(move.getKey().after()),
                        Wording.grouped(move.getValue())))
                .toList();
    }

    private static CaseShown shown(Case one, Times times) {
        return new CaseShown(
                one,
                times.show(Instant.parse(one.at())),
                WhatIfDesk.words(How.valueOf(one.how())),
                Said.of(one.before()),
                Said.of(one.after()));
    }
}
