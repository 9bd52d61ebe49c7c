package io.venule.web.library;

import io.venule.druglibrary.LibraryVersion;
import io.venule.order.LibraryReach;
import io.venule.web.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a release has come, as the library's page says it: on how many pumps it is, and on which it is not yet. Source: EXPECTATIONS row 26.
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
    public record Behind(String serial, String assetId, String says, Times.@Nullable Shown since) {
        static Behind of(LibraryReach.Behind pump, LibraryVersion release, Times times) {
            return new Behind(
                    pump.pump().value(),
                    pump.assetId(),
                    pump.holds().map(held -> says(held, release)).orElse("not asked yet"),
                    pump.holds().map(held -> times.show(held.since())).orElse(null));
        }

        private static String says(LibraryReach.Held held, LibraryVersion release) {
            var counter = held.library().counter();
            if (counter == 0) {
                return "holds none";
            }
            if (counter > release.counter()) {
                return "holds release " + counter + ", which is newer, so that none is sent";
            }
            return (counter == release.counter() ? "holds another release " : "holds release ") + counter;
        }
    }

    static Push of(LibraryReach.Reached reached, LibraryVersion release, Times times) {
        return new Push(
                reached.holding(),
                reached.pumps(),
                reached.behind().stream()
                        .map(pump -> Behind.of(pump, release, times))
                        .toList());
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
