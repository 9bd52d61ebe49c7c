package io.venule.simulation;

import java.util.concurrent.Semaphore;

/**
 * A piece of blocking code that waits in virtual time. It runs on a virtual thread of its own, but only while the scheduler has handed over
 * to it, so that there is never more than one.
 */
final class Strand {
    private final Scheduler scheduler;
    private final Semaphore go = new Semaphore(0);
    private final Thread thread;
    private boolean killed;
    private boolean ended;

    /** The process this strand belonged to is gone. Not an exception, so that nothing on the way up can take it for one. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("the process is gone", null, false, false);
        }
    }

    Strand(Scheduler scheduler, Runnable body) {
        this.scheduler = scheduler;
        this.thread = Thread.ofVirtual().unstarted(() -> run(body));
    }

    private void run(Runnable body) {
        go.acquireUninterruptibly();
        Throwable failure = null;
        try {
            if (!killed) {
                body.run();
            }
        } catch (Killed e) {
            failure = null;
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        ended = true;
        scheduler.handBack(failure);
    }

    Semaphore go() {
        return go;
    }

    void resume() {
        if (ended) {
            return;
        }
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        scheduler.resume(this);
    }

    /** Waits until resumed; called by the strand's own code. */
    void pause() {
        scheduler.handBack(null);
        go.acquireUninterruptibly();
        if (killed) {
            throw new Killed();
        }
    }

    /** Ends the strand where it waits. */
    void kill() {
        killed = true;
        resume();
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isKilled() {
        return killed;
    }
}
