package io.venule.release;

import java.util.ArrayList;
import java.util.List;

/** Collects faults. After a fault a reader goes on with a stand-in value, which nobody sees, because one fault refuses the whole library. */
final class Faults {
    private final List<LibraryFault> found = new ArrayList<>();

    /** Where a fault is; the member is a path below the entry, such as {@code dosing/dose/softLow}. */
    record Place(String file, String entry, String member) {
        Place(String file, String entry) {
            this(file, entry, "");
        }

        Place in(String inner) {
            return new Place(file, inner);
        }

        Place member(String name) {
            return new Place(file, entry, member.isEmpty() ? name : member + "/" + name);
        }
    }

    void add(Place place, String problem, String remedy) {
        found.add(new LibraryFault(place.file(), place.entry(), place.member(), problem, remedy));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<LibraryFault> all() {
        return List.copyOf(found);
    }
}
