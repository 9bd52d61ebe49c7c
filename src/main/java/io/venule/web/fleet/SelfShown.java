package io.venule.web.fleet;

import io.venule.druglibrary.LibraryVersion;
import io.venule.order.SelfReports.Kept;
import io.venule.pump.Nameplate;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import io.venule.web.Times;
import java.util.ArrayList;

/**
 * What a pump says of itself, as its page shows it.
 *
 * @param since when it was first read like this
 * @param other whether its nameplate has another serial number than it was enrolled under
 */
public record SelfShown(Nameplate plate, Times.Shown since, boolean other, LibraryHeld library) {
    static SelfShown of(PumpSerial pump, Kept kept, LibraryVersion current, boolean reached, Times times) {
        var said = kept.said();
        return new SelfShown(
                said.plate(),
                times.show(kept.since()),
                isOther(pump, said),
                LibraryHeld.of(said.library(), current, reached));
    }

    /** Why somebody should look at it, for the board; empty where nothing is amiss. */
    static String notice(PumpSerial pump, SelfReport said, LibraryVersion current) {
        var amiss = new ArrayList<String>();
        if (isOther(pump, said)) {
            amiss.add("another serial number on its nameplate");
        }
        if (!LibraryHeld.isCurrent(said.library(), current)) {
            amiss.add(
                    said.library().counter() == 0
                            ? "no drug library"
                            : "drug library " + said.library().counter() + ", not " + current.counter());
        }
        return String.join("; ", amiss);
    }

    private static boolean isOther(PumpSerial pump, SelfReport said) {
        return !said.plate().serialNumber().equals(pump.value());
    }
}
