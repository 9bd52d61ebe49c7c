package io.venule.pump;

import java.time.Instant;

/**
 * One signed entry of a pump's own record log, already verified by whoever made this value.
 *
 * @param position epoch and sequence number
 * @param previousHash SHA-256 in hexadecimal of the record before it in the epoch; 64 zeros for the first
 * @param hash SHA-256 in hexadecimal of this record's exact signed bytes
 * @param pumpClock the pump's wall clock
 * @param uptimeMillis the pump's monotonic clock since boot
 * @param event what happened
 * @param signed the exact signed bytes as text (JWS compact)
 */
public record PumpRecord(
        PumpSerial pump,
        RecordPosition position,
        String previousHash,
        String hash,
        Instant pumpClock,
        long uptimeMillis,
        PumpEvent event,
        String signed) {}
