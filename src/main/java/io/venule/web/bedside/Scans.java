package io.venule.web.bedside;

import io.venule.barcode.Barcodes;
import io.venule.barcode.Prompt;
import io.venule.barcode.Scan;
import java.time.Instant;

/**
 * The three scans of one infusion as the page carries them from step to step in its form, never in an address.
 *
 * @param pending a scan of a kind that is there already; the page asks whether it replaces the first
 * @param fault what was wrong with the last scan; empty where nothing was
 */
public record Scans(
        String wristband,
        String bag,
        String pumpTag,
        String prescription,
        String pending,
        String fault,
        String remedy) {
    static final Scans NONE = new Scans("", "", "", "", "", "", "");

    /** Takes one more scan, in any order; what does not belong here is refused with what it is. */
    Scans with(String text, boolean replace, Instant now) {
        return switch (Barcodes.read(text, now)) {
            case Scan.Wristband w
            when isNew(wristband, text, replace) -> new Scans(text, bag, pumpTag, prescription, "", "", "");
            case Scan.Bag b when isNew(bag, text, replace) -> new Scans(wristband, text, pumpTag, "", "", "", "");
            case Scan.PumpTag t
            when isNew(pumpTag, text, replace) -> new Scans(wristband, bag, text, prescription, "", "", "");
            case Scan.Wristband w -> again(text, "You scanned another wristband.");
            case Scan.Bag b -> again(text, "You scanned another bag.");
            case Scan.PumpTag t -> again(text, "You scanned another pump channel.");
            case Scan.Badge b -> bad("This is a staff badge.", "Scan " + next().word() + ".");
            case Scan.Unreadable(var reason, var what) -> bad(reason, what);
        };
    }

    private static boolean isNew(String present, String text, boolean replace) {
        return present.isEmpty() || replace || present.equals(text);
    }

    private Scans again(String text, String question) {
        return new Scans(wristband, bag, pumpTag, prescription, text, question, "");
    }

    Scans bad(String reason, String what) {
        return new Scans(wristband, bag, pumpTag, prescription, "", reason, what);
    }

    public boolean complete() {
        return !wristband.isEmpty() && !bag.isEmpty() && !pumpTag.isEmpty();
    }

    /** What is still missing, in the order of the page; the pump once all is there. */
    Prompt next() {
        if (wristband.isEmpty()) {
            return Prompt.WRISTBAND;
        }
        return bag.isEmpty() ? Prompt.BAG : Prompt.PUMP;
    }

    /** How many of the three are there. */
    public int count() {
        return (wristband.isEmpty() ? 0 : 1) + (bag.isEmpty() ? 0 : 1) + (pumpTag.isEmpty() ? 0 : 1);
    }
}
