package io.venule.order;

import io.venule.barcode.Barcodes;
import io.venule.barcode.Prompt;
import io.venule.barcode.Scan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The three scans of an order form, read; or every one that is no good. */
sealed interface Readings {
    record Good(Scan.Wristband wristband, Scan.Bag bag, Scan.PumpTag tag) implements Readings {}

    record Bad(List<Verdict.Fault> faults) implements Readings {}

    static Readings of(OrderForm form, Instant now) {
        var faults = new ArrayList<Verdict.Fault>();
        var wristband = Barcodes.readAt(Prompt.WRISTBAND, form.wristband(), now);
        var bag = Barcodes.readAt(Prompt.BAG, form.bag(), now);
        var tag = Barcodes.readAt(Prompt.PUMP, form.pumpTag(), now);
        note(Prompt.WRISTBAND, wristband, faults);
        note(Prompt.BAG, bag, faults);
        note(Prompt.PUMP, tag, faults);
        return wristband instanceof Scan.Wristband w && bag instanceof Scan.Bag b && tag instanceof Scan.PumpTag t
                ? new Good(w, b, t)
                : new Bad(List.copyOf(faults));
    }

    private static void note(Prompt prompt, Scan scan, List<Verdict.Fault> faults) {
        if (scan instanceof Scan.Unreadable(var reason, var remedy)) {
            faults.add(new Verdict.Fault(prompt, reason, remedy));
        }
    }
}
