package io.venule.order;

import io.venule.order.PumpLeases.Round;
import io.venule.order.PumpLeases.Wishes;
import io.venule.pump.PumpSerial;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which pumps this server holds, judged by a clock that nobody can set and that goes on while the process is stopped. A lease counts from
 * <em>before</em> it was asked for and ends a margin early, so that this server stops believing in it before the record lets another have it:
 * also when the answer was slow, and when the process was frozen and wakes up long afterwards. Threat T-70.
 */
public final class HeldLeases implements PumpHolders {
    /** Given back at a time at most: each is without a session until the other server has opened one. */
    static final int MOST_LEAVING = 10;
    /** After the record was silent, the others come back as we do: for so many rounds nobody is declared dead. */
    static final int PATIENT_ROUNDS = 2;

    private final PumpLeases record;
    private final Terms terms;
    private final Supplier<Duration> uptime;
    private final Set<PumpSerial> left = ConcurrentHashMap.newKeySet();
    private volatile Held held;
    private volatile Asking asking = new Asking(Duration.ZERO, false, false);
    private boolean begun;
    private int patience;

    /**
     * @param time a life goes on for so long without a round
     * @param margin so much earlier this server stops believing in what it holds
     * @param pending a round that takes longer counts as silence of the record
     */
    public record Terms(Duration time, Duration margin, Duration pending) {
        public Terms {
            if (!margin.isPositive() || time.compareTo(margin.multipliedBy(2)) < 0) {
                throw new IllegalArgumentException("a lease of " + time + " with a margin of " + margin);
            }
        }
    }

    /** What the last round said, and until when it may be believed. */
    private record Held(
            ReplicaLife life,
            Map<PumpSerial, PumpLease> all,
            Map<PumpSerial, PumpLease> own,
            Set<PumpSerial> leaving,
            int others,
            Duration until) {
        static Held nothing(ReplicaLife life) {
            return new Held(life, Map.of(), Map.of(), Set.of(), 0, Duration.ZERO);
        }
    }

    /** How it stands between this server and the record. */
    private record Asking(Duration since, boolean pending, boolean failed) {}

    /**
     * @param replica names this process; no other may ever have the same name
     * @param uptime time since some fixed moment; goes on evenly, also while the process is stopped, and is never set
     */
    public HeldLeases(PumpLeases record, String replica, Terms terms, Supplier<Duration> uptime) {
        this.record = record;
        this.terms = terms;
        this.uptime = uptime;
        this.held = Held.nothing(new ReplicaLife(replica, 0));
    }

    /** One round with the record; called again well before the time is over. Throws what the record throws, and then nothing is prolonged. */
    public synchronized void round() {
        var asked = uptime.get();
        asking = new Asking(asked, true, asking.failed());
        try {
            begin();
            var wishes = new Wishes(terms.time(), Set.copyOf(left), patience == 0);
            switch (record.round(held.life(), wishes)) {
                case Round.GoesOn goesOn -> goOn(asked, goesOn);
                case Round.Over() -> over();
            }
            asking = new Asking(asked, false, false);
            patience = Math.max(0, patience - 1);
        } catch (RecordUnavailable e) {
            asking = new Asking(asked, false, true);
            patience = PATIENT_ROUNDS;
            throw e;
        }
    }

    /** Whether a birth that failed took place is not known: the next try is another life. */
    private void begin() {
        if (begun) {
            return;
        }
        held = Held.nothing(held.life().next());
        record.begin(held.life(), terms.time());
        begun = true;
    }

    private void goOn(Duration asked, Round.GoesOn said) {
        var leases = said.leases();
        var all = leases.stream().collect(Collectors.toUnmodifiableMap(PumpLease::pump, Function.identity()));
        var life = held.life();
        var mine = new TreeSet<PumpSerial>();
        leases.stream().filter(lease -> lease.holder().equals(life)).forEach(lease -> mine.add(lease.pump()));
        left.retainAll(mine);
        var leaving = leaving(mine, said.tooMany());
        mine.removeAll(leaving);
        var own = mine.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), all::get));
        held = new Held(
                life, all, own, leaving, said.others(), asked.plus(terms.time()).minus(terms.margin()));
    }

    /** Those that were leaving go on leaving, for their sessions may be closed by now. */
    private Set<PumpSerial> leaving(Set<PumpSerial> mine, int tooMany) {
        var leaving = new HashSet<>(held.leaving());
        leaving.retainAll(mine);
        mine.stream()
                .filter(pump -> !leaving.contains(pump))
                .limit(Math.max(0, Math.min(tooMany, MOST_LEAVING) - leaving.size()))
                .toList()
                .forEach(leaving::add);
        return Set.copyOf(leaving);
    }

    private void over() {
        left.clear();
        begun = false;
        held = Held.nothing(held.life());
    }

    /** Pumps that this server should have a session with. */
    public Map<PumpSerial, PumpLease> own() {
        return held.own();
    }

    /** Pumps to be given back: close their sessions and say so by {@link #left}. */
    public Set<PumpSerial> leaving() {
        return held.leaving();
    }

    /** The session with a pump that is {@link #leaving} is closed. */
    public void left(PumpSerial pump) {
        left.add(pump);
    }

    /** Whether this lease may be acted under at this moment. */
    public boolean holds(PumpLease lease) {
        var now = held;
        return lease.equals(now.own().get(lease.pump())) && uptime.get().compareTo(now.until()) < 0;
    }

    /**
     * Whether the record does not answer, so that nobody can take a pump from us, nor we prolong what we hold. Then a session may stay open
     * for a stop, which needs no lease: decision 8.
     */
    public boolean isRecordSilent() {
        var now = asking;
        return now.pending() ? uptime.get().minus(now.since()).compareTo(terms.pending()) > 0 : now.failed();
    }

    @Override
    public Optional<String> of(PumpSerial pump) {
        return Optional.ofNullable(held.all().get(pump))
                .map(lease -> lease.holder().replica());
    }

    @Override
    public String here() {
        return held.life().replica();
    }

    @Override
    public boolean hasOthers() {
        return held.others() > 0;
    }

    /** Ends this server's part; its sessions are closed by now. */
    public synchronized void close() {
        var life = held.life();
        over();
        record.end(life);
    }
}
