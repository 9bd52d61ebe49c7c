package io.venule.pump;

/** Where a record stands: the pump's epoch (one per boot, 32 hexadecimal characters) and the sequence number, from 1. */
public record RecordPosition(String epoch, long sequence) {
    public RecordPosition {
        if (!epoch.matches("[0-9a-f]{32}") || sequence < 0) {
            throw new IllegalArgumentException("not a record position");
        }
    }
}
