package io.venule.order;

import io.venule.pump.PumpSerial;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The durable record of who holds which pump. Time is the record's own clock, and each call one transaction, so that of two servers that
 * want the same pump one has it. Nothing here says that a lease still holds by the time the answer is read: {@link HeldLeases} does.
 */
public interface PumpLeases {
    /** Begins a life, which nobody ever had. */
    void begin(ReplicaLife life, Duration time);

    /** Says that this life goes on, and settles what it holds. Everything held lasts, once more, as long as the life does. */
    Round round(ReplicaLife life, Wishes wishes);

    /** Ends a life: what it held is free at once. */
    void end(ReplicaLife life);

    /**
     * What a server asks for in a round.
     *
     * @param time the life goes on for so long without another round
     * @param givenBack pumps whose sessions it closed, for others to take
     * @param takes whether it declares others dead, and takes what is free
     */
    record Wishes(Duration time, Set<PumpSerial> givenBack, boolean takes) {}

    /** What came of a round. */
    sealed interface Round {
        /**
         * The life goes on.
         *
         * @param leases every lease whose holder is not known to be dead, other servers' too
         * @param tooMany how many of its own this server should give back, so that all have as many
         * @param others how many other servers live
         */
        record GoesOn(List<PumpLease> leases, int tooMany, int others) implements Round {}

        /** Others have taken this life for dead: what it held is free or another's already. */
        record Over() implements Round {}
    }
}
