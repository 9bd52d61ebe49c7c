package io.venule.druglibrary;

import java.util.Optional;

/** One end of a limit: a value, or explicitly none. "No limit" is shown as such and never as zero or blank. */
public sealed interface Bound<Q> {
    record None<Q>() implements Bound<Q> {}

    record At<Q>(Q value) implements Bound<Q> {}

    static <Q> Bound<Q> none() {
        return new None<>();
    }

    static <Q> Bound<Q> at(Q value) {
        return new At<>(value);
    }

    default Optional<Q> asOptional() {
        return switch (this) {
            case None<Q>() -> Optional.empty();
            case At<Q>(var value) -> Optional.of(value);
        };
    }
}
