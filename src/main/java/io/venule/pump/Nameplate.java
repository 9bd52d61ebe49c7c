package io.venule.pump;

import java.util.stream.Stream;

/**
 * What stands on a pump's nameplate, as the pump itself says it; empty where it says nothing. Nobody signs it: it is shown and compared, and nothing is decided by it.
 * Each text is at most {@link #LONGEST} long and of letters, digits, marks, signs and plain spaces; anything else is an {@link IllegalArgumentException}.
 * Source: OPC 10000-100, "IVendorNameplateType"; pump contract, "Information model".
 */
public record Nameplate(
        String manufacturer, String model, String serialNumber, String softwareRevision, String hardwareRevision) {
    /** In UTF-16 units: more than any maker prints on a plate. */
    public static final int LONGEST = 100;

    public Nameplate {
        if (!Stream.of(manufacturer, model, serialNumber, softwareRevision, hardwareRevision)
                .allMatch(Nameplate::isPlain)) {
            throw new IllegalArgumentException("a text on the nameplate is too long or cannot be printed");
        }
    }

    private static boolean isPlain(String text) {
        return text.length() <= LONGEST && text.codePoints().allMatch(Nameplate::isPrintable);
    }

    /** No control or format character, which might turn the text about it round, no half of a character, no other space. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
