package io.venule.order;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that orders need and that is good until a known time, as it is now: a list or a certificate laid there while the server runs counts. */
public final class Endings {
    private final Supplier<Stream<Ending>> needed;
    private final InstantSource clock;

    public Endings(Supplier<Stream<Ending>> needed, InstantSource clock) {
        this.needed = needed;
        this.clock = clock;
    }

    /** All of it, what ends first first. */
    public List<Ending> all() {
        return needed.get().sorted(Comparator.comparing(Ending::until)).toList();
    }

    /** What must be seen to now. */
    public List<Ending> soon() {
        var now = clock.instant();
        return all().stream().filter(ending -> ending.isSaid(now)).toList();
    }

    /** How long the first of a kind is good for; negative where it has ended. */
    public Duration left(Ending.Kind kind) {
        return all().stream()
                .filter(ending -> ending.kind() == kind)
                .findFirst()
                .map(ending -> ending.left(clock.instant()))
                .orElse(Duration.ZERO);
    }

    public Instant now() {
        return clock.instant();
    }
}
