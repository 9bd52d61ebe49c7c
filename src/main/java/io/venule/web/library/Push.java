package io.venule.web.library;

import io.venule.druglibrary.LibraryVersion;
import io.venule.order.SelfReports.Kept;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.web.Times;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a release has come: on how many pumps it is, by what they say themselves, and on which it is not yet. Source: EXPECTATIONS row 26.
 *
 * @param held pumps that hold it
 * @param all pumps in the inventory
 * @param behind the first {@link #MOST_NAMED} of the others, by serial number
 */
public record Push(int held, int all, List<Behind> behind) {
    /** Named at once; the board finds the rest. */
    static final int MOST_NAMED = 50;

    /**
     * A pump without the release.
     *
     * @param says what it holds instead
     * @param since when it was first read so; null where it was never asked
     */
    public record Behind(String serial, String assetId, String says, Times.@Nullable Shown since) {}

    static Push of(List<EnrolledPump> pumps, Map<PumpSerial, Kept> said, LibraryVersion release, Times times) {
        var behind = pumps.stream()
                .filter(pump -> !holds(said.get(pump.serial()), release))
                .sorted(Comparator.comparing(pump -> pump.serial().value()))
                .toList();
        return new Push(
                pumps.size() - behind.size(),
                pumps.size(),
                behind.stream()
                        .limit(MOST_NAMED)
                        .map(pump -> behind(pump, said.get(pump.serial()), release, times))
                        .toList());
    }

    private static boolean holds(@Nullable Kept kept, LibraryVersion release) {
        return kept != null && kept.said().library().sha256().equals(release.sha256());
    }

    private static Behind behind(EnrolledPump pump, @Nullable Kept kept, LibraryVersion release, Times times) {
        return kept == null
                ? new Behind(pump.serial().value(), pump.assetId(), "not asked yet", null)
                : new Behind(pump.serial().value(), pump.assetId(), says(kept, release), times.show(kept.since()));
    }

    private static String says(Kept kept, LibraryVersion release) {
        var counter = kept.said().library().counter();
        if (counter == 0) {
            return "holds none";
        }
        return (counter == release.counter() ? "holds another release " : "holds release ") + counter;
    }

    /** Rounded down: a hundred only when it is on all of them. */
    public int percent() {
        return all == 0 ? 100 : Math.toIntExact(100L * held / all);
    }

    public boolean isDone() {
        return held == all;
    }

    /** Those without it that are not named. */
    public int unnamed() {
        return all - held - behind.size();
    }
}
