package io.venule.order;

/** Takes down what must not wait for the record. Decision 8. */
public interface Owed {
    /** Whether the work is done by the time this returns, which is within a second; otherwise it is done in its turn, as soon as it can be. */
    boolean soon(Runnable work);
}
