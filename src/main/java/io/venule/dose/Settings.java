package io.venule.dose;

import io.venule.druglibrary.LibraryVersion;
import io.venule.pairing.Paired;

/** What a checked dose is made of. */
record Settings(Paired paired, LibraryVersion version, Numbers numbers) {
    String arithmetic() {
        return numbers.arithmetic();
    }
}
