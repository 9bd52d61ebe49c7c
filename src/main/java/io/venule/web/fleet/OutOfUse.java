package io.venule.web.fleet;

import io.venule.pump.Quarantine;
import java.util.Arrays;
import java.util.List;

/**
 * A pump's quarantine in plain words.
 *
 * @param since when it began
 * @param why what was wrong
 * @param toDo what a biomedical engineer has to do before it is lifted
 */
public record OutOfUse(String since, String why, String toDo) {
    static OutOfUse of(Quarantine quarantine) {
        return new OutOfUse(quarantine.since().toString(), quarantine.why(), toDo(quarantine.cause()));
    }

    /** A reason to lift it, as sent and as said. */
    public record Reason(String code, String text) {}

    static List<Reason> reasons() {
        return Arrays.stream(Quarantine.Lifted.values())
                .map(reason -> new Reason(reason.name(), text(reason)))
                .toList();
    }

    private static String text(Quarantine.Lifted reason) {
        return switch (reason) {
            case ENROLLED_ANEW -> "What the inventory says of it was put right.";
            case REPAIRED -> "The pump was repaired or reset, and keeps a new log.";
            case EXAMINED -> "The pump was examined and is in order.";
        };
    }

    private static String toDo(Quarantine.Cause cause) {
        return switch (cause) {
            case RECORD, ANSWER ->
                "Compare the record key on the pump's service page with the one below. If the pump was exchanged or has a new key, enrol it"
                        + " anew with that key. If the key is the same, somebody else may be answering in its name: take it off the"
                        + " network and tell security.";
            case FORK ->
                "Its log was changed or branched: its memory was restored, or there are two pumps with one key. Take it off the network,"
                        + " save its log, and have it repaired or reset.";
            case GAP ->
                "Records are lost that nobody can bring back. Save what its log still holds, note the gap, and have the pump repaired or reset,"
                        + " so that it begins a new log.";
            case UNREADABLE ->
                "Its software answers what no pump of this kind may say. Note the software version on its service page and start it anew."
                        + " If it is put out of use again, take it off the network and have its software mended.";
            case CERTIFICATE ->
                "Its certificate was revoked. Find out why; if the pump itself is in order, have a new certificate issued and enrol it anew with that.";
            case INVENTORY ->
                "The inventory holds a record key or a certificate of this pump that cannot be read. Enrol it anew with the right ones.";
        };
    }
}
