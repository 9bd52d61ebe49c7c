package io.venule.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Counts what the log asks of database and disk, one step after the other, and has one of them go wrong: the n-th since {@link #arm}. Nothing of
 * ours is replaced by it; it stands between us and the driver, or between us and the file system. Threat T-47.
 */
final class Steps {
    private final List<String> taken = new ArrayList<>();
    private int wrongAt = Integer.MAX_VALUE;
    private Fault fault = Fault.REFUSED;
    private boolean armed;

    /** How a step goes wrong. */
    enum Fault {
        /** It is not done, and says so. */
        REFUSED,
        /** It is done, but nobody hears of it: a connection dies with the answer, a disk reports an error afterwards. */
        ANSWER_LOST,
        /** It is not done, and the process is no more: as kill -9. */
        DEATH
    }

    /** From now on the {@code n}-th step, the first being 1, goes wrong like this. */
    synchronized void arm(int n, Fault how) {
        taken.clear();
        wrongAt = n;
        fault = how;
        armed = true;
    }

    /** All goes well again; gives the steps since {@link #arm}. */
    synchronized List<String> disarm() {
        armed = false;
        return List.copyOf(taken);
    }

    /** Does a step, or has it go wrong; an answer that gets lost goes to {@code lost}. */
    <T> T take(String name, Callable<T> step, Consumer<T> lost) throws Exception {
        if (!isNext(name)) {
            return step.call();
        }
        switch (fault) {
            case REFUSED -> {}
            case ANSWER_LOST -> {
                lost.accept(step.call());
            }
            case DEATH -> Runtime.getRuntime().halt(137);
        }
        throw new Broken(name);
    }

    private synchronized boolean isNext(String name) {
        // To die before reading is to have died after what was done before it.
        if (!armed || (fault == Fault.DEATH && name.matches("(SELECT|SET|disk: read).*"))) {
            return false;
        }
        taken.add(name);
        return taken.size() == wrongAt;
    }

    /** A step that went wrong; whoever stands at the seam says it in the words of the database or of the disk. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String name) {
            super("no: " + name);
        }
    }
}
