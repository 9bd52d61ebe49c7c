package io.venule.order;

import io.venule.pump.PumpSerial;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** {@link PumpLeases} in memory under the rules of the real store, with a clock and a silence for tests to set. */
public final class LeasesInMemory implements PumpLeases {
    private final Collection<PumpSerial> pumps;
    private final Supplier<Duration> clock;
    private final Map<ReplicaLife, Duration> lives = new HashMap<>();
    private final Map<PumpSerial, PumpLease> leases = new TreeMap<>();
    private long number;
    private boolean silent;
    private Runnable meanwhile = () -> {};

    public LeasesInMemory(Collection<PumpSerial> pumps, Supplier<Duration> clock) {
        this.pumps = pumps;
        this.clock = clock;
    }

    /** Whether it answers. */
    void silent(boolean now) {
        silent = now;
    }

    /** Lets something happen once while a round is being answered. */
    void whileAnswering(Runnable once) {
        meanwhile = once;
    }

    @Override
    public synchronized void begin(ReplicaLife life, Duration time) {
        answer();
        if (lives.putIfAbsent(life, clock.get().plus(time)) != null) {
            throw new IllegalStateException("that life was had before: " + life);
        }
    }

    @Override
    public synchronized Round round(ReplicaLife life, Wishes wishes) {
        answer();
        if (!lives.containsKey(life)) {
            return new Round.Over();
        }
        var now = clock.get();
        lives.put(life, now.plus(wishes.time()));
        wishes.givenBack().forEach(leases::remove);
        if (wishes.takes()) {
            lives.values().removeIf(end -> end.compareTo(now) < 0);
            leases.values().removeIf(lease -> !lives.containsKey(lease.holder()));
            var free = new TreeSet<>(pumps);
            free.removeAll(leases.keySet());
            free.stream()
                    .limit(share(life).take())
                    .forEach(pump -> leases.put(pump, new PumpLease(pump, life, ++number)));
        }
        var once = meanwhile;
        meanwhile = () -> {};
        var said = new Round.GoesOn(List.copyOf(leases.values()), share(life).giveBack(), lives.size() - 1);
        once.run();
        return said;
    }

    private void answer() {
        if (silent) {
            throw new RecordUnavailable(new IllegalStateException("silent"));
        }
    }

    private FairShare share(ReplicaLife life) {
        var held = new HashMap<ReplicaLife, Integer>();
        lives.keySet().forEach(living -> held.put(living, 0));
        leases.values().stream()
                .filter(lease -> lives.containsKey(lease.holder()))
                .forEach(lease -> held.merge(lease.holder(), 1, Integer::sum));
        var own = Optional.ofNullable(held.remove(life)).orElse(0);
        return FairShare.of(pumps.size(), own, held.values());
    }

    @Override
    public synchronized void end(ReplicaLife life) {
        answer();
        lives.remove(life);
    }
}
