package io.venule.order;

import io.venule.pump.ChannelId;
import io.venule.staff.StaffMember;
import java.time.Duration;
import java.time.Instant;

/**
 * The first half of a check that two people make: who looked, at what, and when. The second person scans for themselves, and must be
 * shown the very same. Used once, void after {@link #LIFE}. Source: invariant 7; ISMP, independent checks by two people.
 *
 * @param displayed digest of what was shown
 * @param channel where it would be sent
 */
public record FirstCheck(String displayed, ChannelId channel, StaffMember person, Instant at) {
    /** Time for someone else to come to the bed and scan. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    /** From then on it counts no more. */
    public Instant ends() {
        return at.plus(LIFE);
    }

    boolean holdsAt(Instant now) {
        return now.isBefore(ends()) && !now.isBefore(at);
    }

    /** Another account of the same person does not count; who has the same name is asked to find a third. */
    boolean isBy(StaffMember other) {
        return person.id().equals(other.id())
                || person.name().strip().equalsIgnoreCase(other.name().strip());
    }
}
