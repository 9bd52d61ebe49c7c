package io.venule.release;

import io.venule.audit.AuditEntry;
import io.venule.druglibrary.LibraryVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The durable record of every release that was ever the active one, whole. An audit entry names the release it was judged under by its hash; here stands which
 * limits held then.
 */
public interface LibraryReleases {
    /**
     * A release that became the active one.
     *
     * @param number 1 for the first that was kept, rising by one; a release that became it twice has two
     * @param signers the subjects whose signatures it had then
     */
    record Activation(long number, LibraryVersion version, String title, List<String> signers, Instant at) {
        public Activation {
            signers = List.copyOf(signers);
        }
    }

    /** A release with the signatures (compact JWS) that were checked, and whom they name. */
    record Signed(Release release, List<String> signatures, List<String> signers) {
        public Signed {
            signatures = List.copyOf(signatures);
            signers = List.copyOf(signers);
        }
    }

    /** A kept release as it was activated last: exact bytes and signatures, to be judged by whoever takes it. */
    record Kept(LibraryVersion version, ReleaseBytes bytes, List<String> signatures) {
        public Kept {
            signatures = List.copyOf(signatures);
        }
    }

    /**
     * Since when the release is the active one.
     *
     * @param entries to be appended with it; none where the log says so already
     */
    record Since(Instant at, List<AuditEntry> entries) {
        public Since {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Makes it durable in one transaction with its entries. Nothing is written where it was kept last and there is nothing to enter. Servers that start at the same
     * moment come one after another: {@code since} is asked when the ones before are done.
     */
    void activate(Signed release, Supplier<Since> since);

    /** How it became the active one last; empty where none of this hash ever was. */
    Optional<Kept> kept(String sha256);

    /** The newest activations before the one of this number, newest first; {@link Long#MAX_VALUE} at first. */
    List<Activation> activations(long before, int atMost);

    /** The exact bytes of a release; empty where none of this hash was ever the active one. */
    Optional<ReleaseBytes> bytes(String sha256);
}
