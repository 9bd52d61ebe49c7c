package io.venule.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One server process: it can crash and start again, freeze and go on, and somebody can set its clock. What it runs, runs in strands; at each
 * step of them the weather decides whether the process goes on.
 */
final class Replica {
    private static final long[] FREEZES = {200, 3_000, 12_000, 31_000, 90_000};

    private final String name;
    private final Scheduler scheduler;
    private final Weather weather;
    private final Trace trace;
    private final Set<Strand> strands = new LinkedHashSet<>();
    private Runnable atStart = () -> {};
    private boolean up;
    private int life;
    private long frozenUntil;
    private long clockError;

    Replica(String name, Scheduler scheduler, Weather weather, Trace trace) {
        this.name = name;
        this.scheduler = scheduler;
        this.weather = weather;
        this.trace = trace;
    }

    String name() {
        return name;
    }

    boolean isUp() {
        return up;
    }

    boolean isFrozen() {
        return scheduler.now() < frozenUntil;
    }

    /** The wall clock of this process, right or wrong. */
    InstantSource clock() {
        return () -> World.MORNING.plusMillis(scheduler.now() + clockError);
    }

    Instant wall() {
        return clock().instant();
    }

    /** The time since the machine started, which nobody can set. */
    long uptime() {
        return scheduler.now();
    }

    void setClock(long error) {
        clockError = error;
        trace.say(name + " clock is wrong by " + error);
    }

    /** What each life of the process begins with. */
    void begins(Runnable work) {
        atStart = work;
    }

    void switchOn() {
        up = true;
        life++;
        trace.say(name + " starts");
        atStart.run();
    }

    /** Runs code as part of this process. */
    void run(Runnable body) {
        var strand = new Strand(scheduler, body);
        strands.removeIf(Strand::hasEnded);
        strands.add(strand);
        wake(strand);
    }

    /** Lets something happen in this process after a while, unless it has died by then; a frozen process is late. */
    void in(long millis, Runnable work) {
        var mine = life;
        scheduler.in(millis, () -> inLife(mine, work));
    }

    private void inLife(int wanted, Runnable work) {
        if (!up || life != wanted) {
            return;
        }
        if (isFrozen()) {
            scheduler.in(frozenUntil - scheduler.now(), () -> inLife(wanted, work));
            return;
        }
        work.run();
    }

    private void wake(Strand strand) {
        in(0, strand::resume);
    }

    /** A point at which the process may die, freeze or be slow before the strand goes on. */
    void step(String where) {
        if (weather.crashesProcess()) {
            trace.say(name + " dies at " + where);
            trace.meet("a crash "
                    + where.replaceAll("[0-9a-f]{32}.*|LV.*|[0-9].*", "").strip());
            scheduler.in(0, this::crash);
            scheduler.running().pause();
        }
        if (weather.freezesProcess()) {
            freeze(where);
        }
        sleep(scheduler.between(0, 3));
    }

    private void freeze(String where) {
        standStill(FREEZES[(int) scheduler.between(0, FREEZES.length - 1)]);
        trace.say(name + " was at " + where);
    }

    /** Does nothing for so long, and goes on as if it were still the moment before. */
    void standStill(long millis) {
        if (millis == 0) {
            return;
        }
        frozenUntil = Math.max(frozenUntil, scheduler.now() + millis);
        trace.say(name + " freezes for " + millis);
        trace.meet("a freeze");
    }

    void sleep(long millis) {
        var strand = scheduler.running();
        in(millis, strand::resume);
        strand.pause();
    }

    /** Waits for an answer, but not longer than so many milliseconds. */
    <T> Optional<T> await(Reply<T> reply, long millis) {
        var strand = scheduler.running();
        var woken = new boolean[1];
        Runnable once = () -> {
            if (!woken[0]) {
                woken[0] = true;
                strand.resume();
            }
        };
        if (reply.value().isEmpty()) {
            reply.whenComplete(() -> in(0, once));
            in(millis, once);
            strand.pause();
        }
        return reply.value();
    }

    /** Dies at once: everything that was only in memory is gone. Starts again after a while. */
    void crash() {
        if (!up) {
            return;
        }
        stop();
        scheduler.in(weather.isClear() ? 1 : scheduler.between(500, 20_000), this::switchOn);
    }

    /** Ends every strand. */
    void stop() {
        up = false;
        frozenUntil = 0;
        trace.say(name + " is gone");
        var all = new ArrayList<>(strands);
        strands.clear();
        all.forEach(Strand::kill);
    }

    /** Goes on at once, with the right clock. */
    void heal() {
        frozenUntil = Math.min(frozenUntil, scheduler.now());
        clockError = 0;
    }
}
