package io.venule.opcua;

import java.util.concurrent.Semaphore;

/**
 * Handshakes under way at the same time are few, since they cost processor time on both sides. Each waits for its turn, first come, first served; pumps whose last one failed share a quarter of the turns, so that those which never end
 * one keep no other from its own. Threats T-22, T-29.
 */
final class Handshakes {
    private static final int SHARE_OF_DOUBTED = 4;

    private final Semaphore all;
    private final Semaphore doubted;

    Handshakes(int most) {
        all = new Semaphore(most, true);
        doubted = new Semaphore(Math.max(1, most / SHARE_OF_DOUBTED), true);
    }

    /** One handshake, until it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a turn. */
    Turn turn(boolean isDoubted) throws InterruptedException {
        if (!isDoubted) {
            all.acquire();
            return all::release;
        }
        doubted.acquire();
        try {
            all.acquire();
        } catch (InterruptedException e) {
            doubted.release();
            throw e;
        }
        return () -> {
            all.release();
            doubted.release();
        };
    }
}
