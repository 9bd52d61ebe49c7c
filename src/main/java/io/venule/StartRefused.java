package io.venule;

import java.util.List;

/** The installation must not run as it is set up. Holds every reason; the process ends with {@link Venule#REFUSED}. */
final class StartRefused extends RuntimeException {
    private final List<String> reasons;

    StartRefused(List<String> reasons) {
        super(String.join("\n", reasons));
        this.reasons = List.copyOf(reasons);
    }

    List<String> reasons() {
        return reasons;
    }
}
