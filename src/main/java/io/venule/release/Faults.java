package io.venule.release;

import java.util.ArrayList;
import java.util.List;

/** Collects faults. After a fault a reader goes on with a stand-in value, which nobody sees, because one fault refuses the whole library. */
final class Faults {
    private final List<LibraryFault> found = new ArrayList<>();

    /** Where a fault is. */
    record Place(String file, String entry) {
        Place in(String inner) {
            return new Place(file, inner);
        }
    }

    void add(Place place, String problem, String remedy) {
        found.add(new LibraryFault(place.file(), place.entry(), problem, remedy));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<LibraryFault> all() {
        return List.copyOf(found);
    }
}
