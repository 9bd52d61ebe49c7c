package io.venule.simulation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer that may come; the first one counts. */
final class Reply<T> {
    private Optional<T> value = Optional.empty();
    private @Nullable Runnable waiting;

    /** The answer, if it has come. */
    Optional<T> value() {
        return value;
    }

    void complete(T answer) {
        if (value.isPresent()) {
            return;
        }
        value = Optional.of(answer);
        if (waiting != null) {
            waiting.run();
        }
    }

    /** Tells once when the answer comes. */
    void whenComplete(Runnable wake) {
        waiting = wake;
    }
}
