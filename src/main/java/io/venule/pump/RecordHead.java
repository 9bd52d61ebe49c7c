package io.venule.pump;

/** The last record of a pump: its position and hash. Sequence 0 with 64 zeros stands before the first record of an epoch. */
public record RecordHead(RecordPosition position, String hash) {
    public static final String NO_HASH = "0".repeat(64);

    /** Before the first record of {@code epoch}. */
    public static RecordHead before(String epoch) {
        return new RecordHead(new RecordPosition(epoch, 0), NO_HASH);
    }

    /** Whether {@code next} continues the chain here: the next number with this hash, or the first of another epoch. */
    public boolean isFollowedBy(PumpRecord next) {
        return next.position().epoch().equals(position.epoch())
                ? next.position().sequence() == position.sequence() + 1
                        && next.previousHash().equals(hash)
                : next.position().sequence() == 1 && next.previousHash().equals(NO_HASH);
    }
}
