package io.venule.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What happened, line by line: the last lines as text, all of them in one running hash. */
final class Trace {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Deque<String> last = new ArrayDeque<>();
    private final Scheduler scheduler;
    private final int kept;
    private long hash = FNV_OFFSET;
    private final Set<String> met = new TreeSet<>();

    Trace(Scheduler scheduler, int kept) {
        this.scheduler = scheduler;
        this.kept = kept;
    }

    void say(String line) {
        var stamped = scheduler.now() + " " + line;
        for (int i = 0; i < stamped.length(); i++) {
            hash = (hash ^ stamped.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ '\n') * FNV_PRIME;
        last.addLast(stamped);
        if (last.size() > kept) {
            last.removeFirst();
        }
    }

    /** Something happened that a run may or may not come to. */
    void meet(String what) {
        met.add(what);
    }

    /** What this run came to. */
    Set<String> met() {
        return met;
    }

    /** The newest lines, oldest first. */
    List<String> lastLines() {
        return List.copyOf(last);
    }

    /** Over all lines, in sixteen digits. */
    String hash() {
        return String.format("%016x", hash);
    }
}
