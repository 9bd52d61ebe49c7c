package io.venule.release;

/** A GTIN-14 and its check digit. Source: GS1 General Specifications, 7.9.1. */
final class Gtin {
    private static final int LENGTH = 14;

    private Gtin() {}

    static boolean isValid(String digits) {
        if (digits.length() != LENGTH || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        var sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return sum % 10 == 0;
    }
}
