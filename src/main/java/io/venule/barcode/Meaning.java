package io.venule.barcode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what the well-formed fields of one label make together. Source: docs/barcodes.md; required pairs of the GS1 syntax dictionary. */
final class Meaning {
    /** Company-internal identifiers, with a mark at the start of the data that tells ours from other companies'. */
    static final String ORDER = "91";

    static final String ORDER_MARK = "RX:";
    static final String CHANNEL = "92";
    static final String CHANNEL_MARK = "CH:";

    private static final Pattern ORDER_NUMBER = Pattern.compile("RX:([A-Z0-9][A-Z0-9-]{2,18}[A-Z0-9])");
    private static final Pattern CHANNEL_TAG =
            Pattern.compile("CH:([A-Z0-9][A-Z0-9-]{2,18}[A-Z0-9])/([1-9]|[12][0-9]|3[0-2])");
    private static final Set<String> CARTON = Set.of("00", "02", "37");
    private static final String ASK_PHARMACY = "Do not use this bag; ask the pharmacy for a labelled one.";

    private Meaning() {}

    static Scan of(Map<String, String> fields, Instant now) {
        var subjects = (fields.containsKey("01") ? 1 : 0)
                + (fields.containsKey("8017") ? 1 : 0)
                + (fields.containsKey("8018") ? 1 : 0)
                + (isOurs(fields, CHANNEL, CHANNEL_MARK) ? 1 : 0);
        if (subjects > 1) {
            return unreadable("This label names several things at once.");
        }
        if (fields.keySet().stream().anyMatch(CARTON::contains)) {
            return new Scan.Unreadable("This is the label of a carton or pallet.", "Scan the bag itself.");
        }
        if (fields.containsKey("8018")) {
            return wristband(fields);
        }
        if (fields.containsKey("8017")) {
            return new Scan.Badge(
                    field(fields, "8017") + (fields.containsKey("8019") ? "/" + field(fields, "8019") : ""));
        }
        if (fields.containsKey("01")) {
            return bag(fields, now);
        }
        if (isOurs(fields, CHANNEL, CHANNEL_MARK)) {
            return pumpTag(fields);
        }
        return fields.containsKey("10") || fields.containsKey("17") || fields.containsKey("21")
                ? new Scan.Unreadable("This label names no product (01).", ASK_PHARMACY)
                : unreadable("This is a GS1 label, but not of a wristband, bag, pump or badge.");
    }

    private static Scan wristband(Map<String, String> fields) {
        return fields.containsKey("8019")
                ? new Scan.Wristband(field(fields, "8018"), field(fields, "8019"))
                : new Scan.Unreadable(
                        "This wristband does not say which band of the patient it is (8019).",
                        "Print a new wristband.");
    }

    private static Scan bag(Map<String, String> fields, Instant now) {
        if (fields.containsKey("7003")) {
            return new Scan.Unreadable(
                    "This bag expires at a time of day (7003), which Venule does not check yet.", ASK_PHARMACY);
        }
        if (!fields.containsKey("17")) {
            return new Scan.Unreadable("This label has no expiry date (17).", ASK_PHARMACY);
        }
        if (!fields.containsKey("10")) {
            return new Scan.Unreadable("This label has no lot number (10).", ASK_PHARMACY);
        }
        var expiry =
                CalendarDay.read(field(fields, "17"), now.atZone(ZoneOffset.UTC).getYear());
        var serial = field(fields, "21");
        if (!isOurs(fields, ORDER, ORDER_MARK)) {
            return new Scan.ProductBag(field(fields, "01"), expiry, field(fields, "10"), serial);
        }
        var order = ORDER_NUMBER.matcher(field(fields, ORDER));
        if (!order.matches()) {
            return new Scan.Unreadable("The order number on this pharmacy label is malformed (91).", ASK_PHARMACY);
        }
        return serial.isEmpty()
                ? new Scan.Unreadable("This pharmacy label has no serial number (21).", ASK_PHARMACY)
                : new Scan.CompoundedBag(order.group(1), field(fields, "10"), expiry, serial);
    }

    private static Scan pumpTag(Map<String, String> fields) {
        var tag = CHANNEL_TAG.matcher(field(fields, CHANNEL));
        return tag.matches()
                ? new Scan.PumpTag(tag.group(1), Integer.parseInt(tag.group(2)))
                : unreadable("The channel on this pump tag is malformed (92).");
    }

    private static boolean isOurs(Map<String, String> fields, String identifier, String mark) {
        return field(fields, identifier).startsWith(mark);
    }

    /** The data of a field; empty where the label has none, which no field on a label is. */
    private static String field(Map<String, String> fields, String identifier) {
        return fields.getOrDefault(identifier, "");
    }

    private static Scan unreadable(String reason) {
        return new Scan.Unreadable(reason, "Do not use this label; ask for a new one.");
    }
}
