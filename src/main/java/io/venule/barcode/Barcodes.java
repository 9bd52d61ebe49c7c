package io.venule.barcode;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one scanned text as a wristband, bag, pump tag or badge, or says why not. Takes what a scanner sends ({@code ]d2…} with FNC1 as GS; the symbology
 * identifier may be missing) and the printed form with brackets. Every text that is not wholly understood is {@link Scan.Unreadable}; no reason quotes what was
 * scanned. Reads nothing but its arguments. Source: docs/barcodes.md; GS1 General Specifications; T-56, T-57.
 */
public final class Barcodes {
    /** The longest text taken; the largest GS1 Data Matrix in use on labels holds less. */
    public static final int MAX_LENGTH = 512;

    private static final Set<String> GS1_SYMBOLOGIES = Set.of("]d2", "]C1", "]Q3", "]e0");
    private static final Set<Integer> GTIN_LENGTHS = Set.of(8, 12, 13, 14);
    private static final Pattern SYMBOLOGY = Pattern.compile("\\][A-Za-z][0-9A-Za-z]");
    private static final String RESCAN = "Scan again; if it stays so, do not use this label and ask for a new one.";

    private Barcodes() {}

    /** Reads a text at a prompt: what is not of the wanted kind is unreadable there, and named for what it is. */
    public static Scan readAt(Prompt prompt, String scanned, Instant now) {
        return switch (read(scanned, now)) {
            case Scan.Unreadable unreadable -> unreadable;
            case Scan scan when prompt.takes(scan) -> scan;
            case Scan other -> new Scan.Unreadable("This is " + other.word() + ".", "Scan " + prompt.word() + ".");
        };
    }

    /**
     * Reads a text.
     *
     * @param now decides the century of a two-digit year, nothing else; an expired bag is read here and refused by the pairing check
     */
    public static Scan read(String scanned, Instant now) {
        if (scanned.isEmpty()) {
            return new Scan.Unreadable("Nothing was scanned.", "Scan again.");
        }
        if (scanned.length() > MAX_LENGTH) {
            return new Scan.Unreadable("This code holds more text than any label of ours.", RESCAN);
        }
        if (scanned.chars().anyMatch(c -> Character.isISOControl(c) && c != ElementStrings.SEPARATOR)) {
            return new Scan.Unreadable(
                    "This code holds control characters. Codes that reprogram a scanner look like this.",
                    "Do not use this label, and report it to biomedical engineering.");
        }
        if (scanned.charAt(0) == ']') {
            return readWithSymbology(scanned, now);
        }
        if (scanned.charAt(0) == '+') {
            return refusedHibc(scanned);
        }
        if (scanned.charAt(0) == '(') {
            return interpreted(ElementStrings.cutTyped(scanned), now);
        }
        return isBareProductCode(scanned)
                ? bareProductCode()
                : readElements(scanned.charAt(0) == ElementStrings.SEPARATOR ? scanned.substring(1) : scanned, now);
    }

    private static Scan readWithSymbology(String scanned, Instant now) {
        if (!SYMBOLOGY.matcher(scanned).lookingAt()) {
            return new Scan.Unreadable("This is not a GS1 label.", RESCAN);
        }
        var data = scanned.substring(3);
        if (GS1_SYMBOLOGIES.contains(scanned.substring(0, 3))) {
            return readElements(data, now);
        }
        if (data.startsWith("+")) {
            return refusedHibc(data);
        }
        if (isBareProductCode(data)) {
            return bareProductCode();
        }
        return new Scan.Unreadable(
                "This is a barcode, but not a GS1 label.",
                "Look for the square GS1 code or the code with (01) beside it.");
    }

    private static Scan readElements(String data, Instant now) {
        return interpreted(ElementStrings.cut(data), now);
    }

    private static Scan interpreted(ElementStrings.Cut cut, Instant now) {
        return switch (cut) {
            case ElementStrings.Cut.Malformed(var reason) ->
                new Scan.Unreadable("This label is damaged or false: " + decapitalised(reason), RESCAN);
            case ElementStrings.Cut.Fields(var fields) -> Meaning.of(fields, now);
        };
    }

    private static String decapitalised(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static boolean isBareProductCode(String text) {
        return GTIN_LENGTHS.contains(text.length()) && CheckDigit.isRight(text);
    }

    private static Scan bareProductCode() {
        return new Scan.Unreadable(
                "This is a product code without expiry and lot.",
                "Scan the code on the bag that also holds expiry and lot.");
    }

    private static Scan refusedHibc(String label) {
        return switch (Hibc.read(label)) {
            case Hibc.Product p -> hibc("This is an HIBC product label; this hospital's bags are known by GS1 labels.");
            case Hibc.Production p -> hibc("This is an HIBC lot label; it does not say which product it is.");
            case Hibc.Provider p -> hibc("This is an HIBC label of a care provider, not one of ours.");
            case Hibc.Damaged(var reason) -> new Scan.Unreadable("This HIBC label is damaged. " + reason, RESCAN);
        };
    }

    private static Scan hibc(String reason) {
        return new Scan.Unreadable(reason, "Scan the GS1 code on the bag, or ask the pharmacy for a label.");
    }
}
