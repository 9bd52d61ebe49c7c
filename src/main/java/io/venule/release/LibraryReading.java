package io.venule.release;

import java.util.List;

/** What reading a library came to: a whole release, or every fault. */
public sealed interface LibraryReading {
    record Loaded(Release release) implements LibraryReading {}

    /** Nothing of the library is used. */
    record Refused(List<LibraryFault> faults) implements LibraryReading {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
