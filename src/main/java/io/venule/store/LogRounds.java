package io.venule.store;

import io.venule.audit.TreeHead;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Checks the log round after round, a small part at a time, so that a round takes three quarters of {@link StoreSettings#recheckEvery}: whatever
 * is changed behind the place where the check is now is met again before that time is over. A log too long for that is read in the largest steps.
 */
@Singleton
final class LogRounds {
    static final Duration PACE = Duration.ofMillis(200);
    /** Entries a step at least: a part smaller than that costs as much. */
    static final int LEAST = 256;
    /** And at most, in one transaction. */
    static final int MOST = 100_000;

    private final LogCheck check;
    private final LogSoundness soundness;
    private final Duration round;
    private final InstantSource clock;
    private final Uptime uptime;
    private Optional<LogCheck.Round> now = Optional.empty();
    private Duration began = Duration.ZERO;
    /** How far the round has come, and how long the log was when the last one ended. */
    private long done;

    private long size;
    private Duration lastEnded = Duration.ZERO;
    private Last last = new Last(Instant.MIN, Duration.ZERO, TreeHead.EMPTY);

    LogRounds(LogCheck check, LogSoundness soundness, StoreSettings settings, InstantSource clock, Uptime uptime) {
        this.check = check;
        this.soundness = soundness;
        this.round = settings.recheckEvery().multipliedBy(3).dividedBy(4);
        this.clock = clock;
        this.uptime = uptime;
    }

    /** The last whole round. */
    record Last(Instant ended, Duration took, TreeHead head) {
        long entries() {
            return head.size();
        }
    }

    /** How often {@link #step} is to be called. */
    Duration pace() {
        return round.compareTo(PACE) < 0 ? round : PACE;
    }

    synchronized void startAt(TreeHead head) {
        size = head.size();
        began = uptime.now();
        lastEnded = began;
        last = new Last(clock.instant(), Duration.ZERO, head);
    }

    /** When it ended, by uptime. */
    synchronized Duration lastEnded() {
        return lastEnded;
    }

    synchronized Last last() {
        return last;
    }

    /** Goes on by a part; begins a new round when one is over and its time has come. */
    synchronized void step() {
        if (now.isEmpty() && uptime.now().compareTo(began.plus(round)) < 0) {
            return;
        }
        var going = now.orElseGet(this::begin);
        // Gone unless the step ends well: a round that failed half-way knows nothing, and begins anew.
        now = Optional.empty();
        switch (going.step(due(size, done, uptime.now().minus(began), round))) {
            case LogCheck.Progress.Upto(var index) -> {
                done = index;
                now = Optional.of(going);
            }
            case LogCheck.Progress.Done(LogCheck.Found.Sound(var edge)) -> {
                size = edge.size();
                lastEnded = uptime.now();
                last = new Last(clock.instant(), uptime.now().minus(began), edge.head());
            }
            case LogCheck.Progress.Done(LogCheck.Found.Faulty(var reason)) -> soundness.doubt(reason);
        }
    }

    private LogCheck.Round begin() {
        began = uptime.now();
        done = 0;
        return check.begin();
    }

    /**
     * Entries to read now of a log of this size, so many of which were read in this round: those that are due until the next step, however long
     * the steps before took.
     */
    static int due(long size, long done, Duration elapsed, Duration round) {
        var part = (double) elapsed.plus(PACE).toNanos() / round.toNanos();
        return (int) Math.clamp(Math.ceil(size * part) - done, LEAST, MOST);
    }
}
