package io.venule.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The log as it is kept, for reading: timelines, proofs, exports and followers. Entries are found by index from 0; what was once read at an
 * index never changes, so that a follower needs no more than the next index it has not seen.
 */
public interface AuditLog {
    /** Size and root of what is durable now; the newest signed {@link #checkpoint} may be a second behind. */
    TreeHead head();

    /** The newest signed state; empty before the first append. */
    Optional<Checkpoint> checkpoint();

    /** The entry at this index; empty at or beyond the size. */
    Optional<Logged> entry(long index);

    /** Everything about one order, oldest first; at most 10,000. */
    List<Logged> ofOrder(String orderId);

    /** The newest entries at exactly this place, from an index on and before another, newest first. */
    List<Logged> latestAt(String place, long from, long end, int atMost);

    /** The newest entries, newest first. */
    List<Logged> latest(int atMost);

    /** What a search finds, newest first. */
    List<Logged> find(Search search);

    /** The hashes of complete subtrees, for {@link InclusionProof#of} and {@link ConsistencyProof#of} at any size up to the head's. */
    HashSource hashes();

    /** Reads the exact bytes of the leaves from {@code from} on and before {@code end}, in order, as they are stored, sound or not. */
    void leaves(long from, long end, LeafSink sink);

    /** An entry and its index. */
    record Logged(long index, AuditEntry entry) {}

    /**
     * What to look for; all that is given must hold, and an empty text stands for any. An entry about an order is also found by the patient, drug
     * and person that another entry of the same order names.
     *
     * @param order an order's id, whole
     * @param place a ward, a pump (its channels are then found too) or a channel
     * @param patient the patient's commitment, whole
     * @param drug how the drug's name begins, in capitals or not
     * @param person a subject id, whole, or how the person's name begins
     * @param kind the name of an {@link AuditKind}
     */
    record About(String order, String place, String patient, String drug, String person, String kind) {
        public static final About ANYTHING = new About("", "", "", "", "", "");

        /** Everything at this place. */
        public static About at(String place) {
            return new About("", place, "", "", "", "");
        }
    }

    /**
     * One page of what is looked for.
     *
     * @param from first instant of the entry
     * @param until first instant no longer wanted
     * @param before only entries with a smaller index, to page on; {@link Long#MAX_VALUE} at first
     */
    record Search(About about, Instant from, Instant until, long before, int atMost) {}

    /** Takes leaves one by one. */
    @FunctionalInterface
    interface LeafSink {
        void take(long index, byte[] leaf);
    }
}
