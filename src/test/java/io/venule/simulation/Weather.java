package io.venule.simulation;

/**
 * How bad it gets in one run: chances per thousand, drawn from the seed, so that some runs are calm but for one thing and others are not.
 */
final class Weather {
    private final Scheduler scheduler;
    private final int lost;
    private final int doubled;
    private final int slow;
    private final int crash;
    private final int freeze;
    private final int powerCut;
    private final int storeFault;
    private boolean stallsNext;
    private boolean clear;

    Weather(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.lost = drawn(40, 250);
        this.doubled = drawn(40, 300);
        this.slow = drawn(60, 300);
        this.crash = drawn(5, 60);
        this.freeze = drawn(5, 60);
        this.powerCut = drawn(10, 80);
        this.storeFault = drawn(10, 60);
    }

    /** Nothing, a little or a lot, in equal shares. */
    private int drawn(int little, int much) {
        return switch ((int) scheduler.between(0, 2)) {
            case 0 -> 0;
            case 1 -> little;
            default -> much;
        };
    }

    /** From now on all is well. */
    void clearUp() {
        clear = true;
    }

    boolean isClear() {
        return clear;
    }

    boolean losesMessage() {
        return !clear && scheduler.chance(lost);
    }

    boolean doublesMessage() {
        return !clear && scheduler.chance(doubled);
    }

    /** How long a message is on its way: mostly milliseconds, sometimes longer than an order lives. */
    long delay() {
        if (clear || !scheduler.chance(slow)) {
            return scheduler.between(1, 20);
        }
        return switch ((int) scheduler.between(0, 3)) {
            case 0 -> scheduler.between(20, 1_000);
            case 1 -> scheduler.between(1_000, 10_000);
            case 2 -> scheduler.between(10_000, 50_000);
            default -> scheduler.between(50_000, 110_000);
        };
    }

    boolean crashesProcess() {
        return !clear && scheduler.chance(crash);
    }

    boolean freezesProcess() {
        return !clear && scheduler.chance(freeze);
    }

    boolean cutsPower() {
        return !clear && scheduler.chance(powerCut);
    }

    /** Whoever keeps the next order stands still just before. */
    void stallNext() {
        stallsNext = true;
    }

    /** For how long a process stands still that has a challenge and is about to keep its order: mostly not at all, else longer than a lease and shorter than a nonce lives. */
    long stall() {
        var now = stallsNext && !clear;
        stallsNext = false;
        return now ? scheduler.between(18_000, 25_000) : 0;
    }

    boolean failsTransaction() {
        return !clear && scheduler.chance(storeFault);
    }
}
