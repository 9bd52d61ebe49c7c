package io.venule.opcua;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a pump's session sends us, bounded; when it is full, the pump's log is read instead, so nothing is dropped in silence. */
final class Mailbox implements PumpConnection.Listener {
    private final BlockingQueue<Letter> letters;
    private final AtomicBoolean doubt = new AtomicBoolean();
    private final AtomicBoolean unreadable = new AtomicBoolean();

    /** One thing a session said. */
    sealed interface Letter {
        record Signed(String text) implements Letter {}

        record Lost(String why) implements Letter {}

        /** Wakes the reader. */
        record Look() implements Letter {}
    }

    Mailbox(int capacity) {
        letters = new ArrayBlockingQueue<>(capacity);
    }

    @Override
    public void record(byte[] signed) {
        put(new Letter.Signed(new String(signed, StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void doubt() {
        doubt.set(true);
        put(new Letter.Look());
    }

    @Override
    public void lost(String why) {
        if (!letters.offer(new Letter.Lost(why))) {
            letters.clear();
            doubt.set(true);
            put(new Letter.Lost(why));
        }
    }

    @Override
    public void unreadable(String why) {
        unreadable.set(true);
        lost(why);
    }

    /** Whether the session said what cannot be read, since the mailbox was cleared. */
    boolean wasUnreadable() {
        return unreadable.get();
    }

    /** Has the reader look up, though nothing came. */
    void wake() {
        put(new Letter.Look());
    }

    private void put(Letter letter) {
        if (!letters.offer(letter)) {
            doubt.set(true);
        }
    }

    /** Whether something may have been missed since this was last asked. */
    boolean takeDoubt() {
        return doubt.getAndSet(false);
    }

    /** Waits for the first letter, then takes what else is there, up to {@code most}. */
    List<Letter> take(Duration patience, int most) throws InterruptedException {
        var result = new ArrayList<Letter>();
        var first = letters.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            result.add(first);
            letters.drainTo(result, most - 1);
        }
        return result;
    }

    /** Waits, and lets go of what comes meanwhile: it is to be read from the pump's log later. Gives the session's end, if it came. */
    Optional<String> rest(Duration patience) throws InterruptedException {
        var come = take(patience, Integer.MAX_VALUE);
        doubt.set(true);
        return come.stream()
                .filter(Letter.Lost.class::isInstance)
                .map(letter -> ((Letter.Lost) letter).why())
                .findFirst();
    }

    void clear() {
        letters.clear();
        doubt.set(false);
        unreadable.set(false);
    }
}
