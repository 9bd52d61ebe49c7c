package io.venule.order;

import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.PumpSerial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far a release of the drug library has come in the inventory, by what the pumps say themselves. */
public interface LibraryReach {
    /**
     * How far.
     *
     * @param pumps in the inventory
     * @param holding those of them that hold the release
     * @param behind the first of the others, by serial number
     */
    record Reached(int pumps, int holding, List<Behind> behind) {
        public Reached {
            behind = List.copyOf(behind);
        }
    }

    /**
     * A pump that does not hold it.
     *
     * @param holds what it holds instead; empty where it was never asked
     */
    record Behind(PumpSerial pump, String assetId, Optional<Held> holds) {}

    /** @param since when that was first read */
    record Held(PumpLibrary library, Instant since) {}

    /** @param mostNamed of those behind */
    Reached of(String librarySha256, int mostNamed);
}
