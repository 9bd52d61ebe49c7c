package io.venule.order;

import io.venule.signing.OrderKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * How long the order keys last, for each ward that pumps stand in. Said early, because new ones come from a root that is offline and so from a
 * person who must be there.
 */
public final class KeyOutlook {
    /** From when on it is said: the last day has begun. */
    public static final Duration SOON = Duration.ofHours(24);

    private final Supplier<OrderKeys> keys;
    private final EnrolledKeys enrolled;
    private final InstantSource clock;

    public KeyOutlook(Supplier<OrderKeys> keys, EnrolledKeys enrolled, InstantSource clock) {
        this.keys = keys;
        this.enrolled = enrolled;
        this.clock = clock;
    }

    /** The keys of a ward and when they are used up; that is now where no order can be signed. */
    public record Last(String ward, Instant until, Duration left) {
        /** Whether it is time to say so. */
        public boolean isShort() {
            return left.compareTo(SOON) < 0;
        }

        public boolean isOver() {
            return left.isZero();
        }

        /** In plain words. */
        public String sentence() {
            var of = ward.equals("*") ? "pumps of no named ward" : "ward " + ward;
            return isOver()
                    ? "There is no key to sign orders for " + of + ". Lay new order keys into the key folder."
                    : "The keys that sign orders for " + of + " last " + left.toHours() + " h " + left.toMinutesPart()
                            + " min more. Lay new ones into the key folder before.";
        }
    }

    /** Each ward that pumps stand in, by name. */
    public List<Last> wards() {
        var now = clock.instant();
        return enrolled.wards().stream()
                .map(ward -> {
                    var until = keys.get().lastUntil(ward, now);
                    return new Last(ward, until, Duration.between(now, until));
                })
                .toList();
    }

    /** Those that must be looked after now. */
    public List<Last> shortOnes() {
        return wards().stream().filter(Last::isShort).toList();
    }
}
