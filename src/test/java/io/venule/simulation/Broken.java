package io.venule.simulation;

/** A promise that did not hold. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String promise;
    private final String how;

    Broken(String promise, String how) {
        super(promise + ": " + how, null, false, false);
        this.promise = promise;
        this.how = how;
    }

    /** Which order, pump or channel, and what was seen. */
    String how() {
        return how;
    }

    /** The name of the promise, as in {@link Promises} or {@link PumpPromises}. */
    String promise() {
        return promise;
    }
}
