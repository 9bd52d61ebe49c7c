package io.venule.pairing;

import java.util.List;

/** What the check came to: the evidence, or everything that does not fit. */
public sealed interface Pairing {
    /** All of it belongs together. */
    record Matched(Paired paired) implements Pairing {}

    /** Something does not; never empty, and complete, so that the nurse is not sent round twice. */
    record Mispaired(List<Mismatch> mismatches) implements Pairing {
        public Mispaired {
            mismatches = List.copyOf(mismatches);
            if (mismatches.isEmpty()) {
                throw new IllegalArgumentException("mispaired without a mismatch");
            }
        }
    }
}
