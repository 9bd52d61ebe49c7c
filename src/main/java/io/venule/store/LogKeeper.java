package io.venule.store;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.TreeHead;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps watch over the audit log: checks it whole before anything else starts and refuses to start on a log that does not hold; then
 * publishes checkpoints and checks again and again, for as long as the process lives.
 */
@Singleton
final class LogKeeper {
    /** Before every other observer of the start: nothing may append to a log that does not hold. */
    private static final int FIRST = 1;

    /** Rounds are many; one an hour shows that they go on. */
    private static final Duration NOTE_EVERY = Duration.ofHours(1);

    private final LogCheck check;
    private final CheckpointPublisher publisher;
    private final LogRounds rounds;
    private final LogSoundness soundness;
    private final StoreSettings settings;
    private final PostgresAuditTrail trail;
    private final InstantSource clock;
    private final Uptime uptime;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("audit-log-", 0).factory());

    private Duration noted = Duration.ZERO;

    LogKeeper(
            LogCheck check,
            CheckpointPublisher publisher,
            LogRounds rounds,
            LogSoundness soundness,
            StoreSettings settings,
            PostgresAuditTrail trail,
            InstantSource clock,
            Uptime uptime) {
        this.check = check;
        this.publisher = publisher;
        this.rounds = rounds;
        this.soundness = soundness;
        this.settings = settings;
        this.trail = trail;
        this.clock = clock;
        this.uptime = uptime;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event) {
        switch (check.check()) {
            case LogCheck.Found.Sound(var edge) -> {
                publisher.startFrom(edge);
                rounds.startAt(edge.head());
                note(edge.head());
            }
            case LogCheck.Found.Faulty(var reason) ->
                throw new IllegalStateException("refusing to start, the audit log does not hold: " + reason
                        + " (docs/audit-format.md, \"When the log is refused\")");
        }
        every(settings.checkpointEvery(), this::publish);
        every(rounds.pace(), this::check);
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
        try {
            publisher.release();
        } catch (RuntimeException e) {
            Log.warnf("the turn to sign was not given back, and ends by itself: error=%s", e);
        }
    }

    /** A check that found a fault is not noted: then nothing is appended any more. */
    private void note(TreeHead head) {
        noted = uptime.now();
        trail.append(AuditEntry.bySystem(AuditKind.LOG_CHECK, clock.instant())
                .with("entries", head.size())
                .with("root", head.root())
                .with("result", "sound"));
    }

    private void check() {
        rounds.step();
        var due = noted.plus(NOTE_EVERY);
        if (rounds.lastEnded().compareTo(due) >= 0) {
            note(rounds.last().head());
        }
    }

    private void publish() {
        try {
            publisher.publish();
            publisher.waiting().ifPresentOrElse(soundness::unsigned, soundness::signed);
        } catch (RuntimeException e) {
            soundness.unsigned(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** What is damaged stops the log. A round that fails otherwise leaves things as they are and is tried again: nothing is signed because of it. */
    private void every(Duration pause, Runnable round) {
        Runnable guarded = () -> {
            try {
                round.run();
            } catch (LogDamaged e) {
                soundness.doubt(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                Log.warnf("audit log round failed, trying again: error=%s", e);
            }
        };
        var _ = threads.scheduleWithFixedDelay(guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
