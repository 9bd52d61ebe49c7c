package io.venule;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What every installation must say about itself; none has a default. */
@ConfigMapping(prefix = "venule")
public interface VenuleSettings {
    /** {@code training} or {@code clinical}. */
    Mode mode();

    /** The hospital's name, shown on every page. */
    String hospital();

    Keys keys();

    Library library();

    Audit audit();

    /** The installation's keys. */
    interface Keys {
        /** The folder that {@code ops/make-keys} filled. */
        Path directory();

        /** The folder with the order keys, where it is not {@code orders} below the other. */
        Optional<Path> orders();
    }

    /** The drug library. */
    interface Library {
        /** The folder with the library's text, or the one file with the exact bytes of a release. */
        Path directory();
    }

    /** The audit log. */
    interface Audit {
        /** The log's name: the first line of every checkpoint, and part of the verifier key. */
        String origin();

        /**
         * The folder that keeps the last signed checkpoint, on another disk than the database's and not in its backups; all processes share it.
         */
        Path memory();

        Witness witness();

        /** A witness of the log outside the hospital; both or none. */
        interface Witness {
            /** Where it takes checkpoints (C2SP tlog-witness): the address before {@code /add-checkpoint}. */
            Optional<URI> url();

            /** Its verifier key, from itself and not from that address. */
            Optional<String> key();
        }
    }

    /** What the installation is for. */
    enum Mode {
        /** Practice: simulated pumps, demo users and demo keys are allowed, and a banner says so. */
        TRAINING,
        /** Patients: nothing of the demo may be near. */
        CLINICAL
    }
}
