package io.venule.store;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps watch over the audit log: checks it whole before anything else starts and refuses to start on a log that does not hold; then
 * publishes checkpoints and checks again, for as long as the process lives.
 */
@Singleton
final class LogKeeper {
    /** Before every other observer of the start: nothing may append to a log that does not hold. */
    private static final int FIRST = 1;

    private final LogCheck check;
    private final CheckpointPublisher publisher;
    private final LogSoundness soundness;
    private final StoreSettings settings;
    private final ScheduledExecutorService rounds = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("audit-log-", 0).factory());

    LogKeeper(LogCheck check, CheckpointPublisher publisher, LogSoundness soundness, StoreSettings settings) {
        this.check = check;
        this.publisher = publisher;
        this.soundness = soundness;
        this.settings = settings;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event) {
        switch (check.check()) {
            case LogCheck.Found.Sound(var edge) -> publisher.startFrom(edge);
            case LogCheck.Found.Faulty(var reason) ->
                throw new IllegalStateException("refusing to start, the audit log does not hold: " + reason);
        }
        every(settings.checkpointEvery(), publisher::publish);
        every(settings.recheckEvery(), this::recheck);
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.shutdownNow();
    }

    private void recheck() {
        switch (check.check()) {
            case LogCheck.Found.Sound s -> {}
            case LogCheck.Found.Faulty(var reason) -> soundness.doubt(reason);
        }
    }

    /** A round that fails leaves things as they are and is tried again: nothing is signed or sent because of a failure. */
    private void every(Duration pause, Runnable round) {
        Runnable guarded = () -> {
            try {
                round.run();
            } catch (RuntimeException e) {
                Log.warnf("audit log round failed, trying again: error=%s", e);
            }
        };
        var _ = rounds.scheduleWithFixedDelay(guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
