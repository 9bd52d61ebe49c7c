package io.venule.barcode;

import java.util.Optional;

/** The character sets of GS1 element strings. Source: GS1 General Specifications, 7.11 (CSET 82, CSET 39) and AI 8030 (file-safe base 64). */
final class CharacterSets {
    static final String CSET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    static final String CSET_39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String CSET_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private CharacterSets() {}

    static Optional<Fault> digits(String data) {
        return allOf("0123456789", data) ? Optional.empty() : Optional.of(Fault.NON_DIGIT_CHARACTER);
    }

    static Optional<Fault> cset82(String data) {
        return allOf(CSET_82, data) ? Optional.empty() : Optional.of(Fault.INVALID_CSET82_CHARACTER);
    }

    static Optional<Fault> cset39(String data) {
        return allOf(CSET_39, data) ? Optional.empty() : Optional.of(Fault.INVALID_CSET39_CHARACTER);
    }

    /** Base 64 whose padding, where there is any, is at most two signs and fills the last group of three. */
    static Optional<Fault> cset64(String data) {
        var end = data.length();
        while (end > 0 && data.charAt(end - 1) == '=') {
            end--;
        }
        if (!allOf(CSET_64, data.substring(0, end))) {
            return Optional.of(Fault.INVALID_CSET64_CHARACTER);
        }
        var padding = data.length() - end;
        return padding == 0 || (padding <= 2 && data.length() % 3 == 0)
                ? Optional.empty()
                : Optional.of(Fault.INVALID_CSET64_PADDING);
    }

    static boolean allOf(String set, String data) {
        return data.chars().allMatch(character -> set.indexOf(character) >= 0);
    }
}
