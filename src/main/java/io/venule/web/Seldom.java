package io.venule.web;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Lets the first of many through and counts those that come too soon after it. Remembers a bounded number of names, the oldest forgotten first. */
final class Seldom {
    private final Duration pause;
    private final int names;
    private final LinkedHashMap<String, Passed> passed = new LinkedHashMap<>();

    private Seldom(Duration pause, int names) {
        this.pause = pause;
        this.names = names;
    }

    private record Passed(Instant at, long since) {}

    /** Each name once, as long as it is remembered. */
    static Seldom once(int names) {
        return new Seldom(Duration.ofDays(100_000), names);
    }

    /** Each name once in so many seconds. */
    static Seldom every(int seconds, int names) {
        return new Seldom(Duration.ofSeconds(seconds), names);
    }

    /** How many of this name were held back since the last one that passed, if this one passes. */
    synchronized Optional<Long> more(String name, Instant now) {
        var last = Optional.ofNullable(passed.get(name));
        if (last.filter(before -> now.isBefore(before.at().plus(pause))).isPresent()) {
            passed.put(name, new Passed(last.get().at(), last.get().since() + 1));
            return Optional.empty();
        }
        passed.remove(name);
        passed.put(name, new Passed(now, 0));
        if (passed.size() > names) {
            passed.pollFirstEntry();
        }
        return Optional.of(last.map(Passed::since).orElse(0L));
    }
}
