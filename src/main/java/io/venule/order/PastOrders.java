package io.venule.order;

import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Prescription;
import io.venule.pump.PumpModel;
import java.time.Instant;
import java.util.List;

/** What was ordered before, for looking back: programs only, no change of a rate and no bolus. */
public interface PastOrders {
    /** Programs approved from {@code since} on that come after {@code place}, the newest first. */
    List<Past> programs(Instant since, Place place, int atMost);

    /**
     * Where to read on: behind the order of this instant and id.
     *
     * @param order empty for the first one before {@code at}
     */
    record Place(Instant at, String order) {}

    /** One that was ordered, or tried. */
    sealed interface Past {
        Instant at();

        /** The order's id; empty for one that was stopped at a hard limit and so became none. */
        String order();
    }

    /**
     * With all that it can be judged by.
     *
     * @param body what is on record of the patient's size today
     */
    record Known(String order, Instant at, Prescription prescription, BodyMeasures body, PumpModel pump, How how)
            implements Past {}

    /** Not to be judged: the patient was erased and the size with them, or the pump is not in the inventory. */
    record Unknown(String order, Instant at) implements Past {}

    /** What became of it then. */
    enum How {
        /** Sent without a reason. */
        SENT,
        /** Sent with a reason, past a soft limit. */
        OVERRIDDEN,
        /** Not sent: a hard limit stopped it. */
        STOPPED
    }
}
