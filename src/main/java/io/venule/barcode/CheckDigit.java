package io.venule.barcode;

import java.util.Optional;

/** The check digit and check characters of GS1 keys. Source: GS1 General Specifications, 7.9.1 and 7.9.5. */
public final class CheckDigit {
    private static final String PAIR_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int PAIR_MODULUS = 1021;
    private static final int MAX_PAIR_DATA = 97;

    private CheckDigit() {}

    /** The digits with their check digit behind them: a GTIN, GSRN or other key of digits. */
    public static String append(String digits) {
        if (digits.isEmpty() || CharacterSets.digits(digits).isPresent()) {
            throw new IllegalArgumentException("a check digit is computed over digits");
        }
        return digits + digitFor(digits);
    }

    /** Whether the last digit is the check digit of those before it. */
    public static boolean isRight(String digits) {
        return csum(digits).isEmpty();
    }

    static Optional<Fault> csum(String data) {
        if (data.isEmpty()) {
            return Optional.of(Fault.TOO_SHORT_FOR_CHECK_DIGIT);
        }
        if (CharacterSets.digits(data).isPresent()) {
            return Optional.of(Fault.NON_DIGIT_CHARACTER);
        }
        var body = data.substring(0, data.length() - 1);
        return data.charAt(data.length() - 1) == digitFor(body)
                ? Optional.empty()
                : Optional.of(Fault.INCORRECT_CHECK_DIGIT);
    }

    static Optional<Fault> csumalpha(String data) {
        if (data.length() < 2) {
            return Optional.of(Fault.TOO_SHORT_FOR_CHECK_PAIR);
        }
        if (data.length() > MAX_PAIR_DATA + 2) {
            return Optional.of(Fault.TOO_LONG_FOR_CHECK_PAIR_IMPLEMENTATION);
        }
        var body = data.substring(0, data.length() - 2);
        if (CharacterSets.cset82(body).isPresent()) {
            return Optional.of(Fault.INVALID_CSET82_CHARACTER);
        }
        return data.endsWith(pairFor(body)) ? Optional.empty() : Optional.of(Fault.INCORRECT_CHECK_PAIR);
    }

    private static char digitFor(String body) {
        var sum = 0;
        var weight = 3;
        for (int i = body.length() - 1; i >= 0; i--) {
            sum += weight * (body.charAt(i) - '0');
            weight = 4 - weight;
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }

    private static String pairFor(String body) {
        var sum = 0;
        var prime = 2;
        for (int i = body.length() - 1; i >= 0; i--) {
            sum += prime * CharacterSets.CSET_82.indexOf(body.charAt(i));
            prime = primeAfter(prime);
        }
        var remainder = sum % PAIR_MODULUS;
        return "" + PAIR_CHARACTERS.charAt(remainder >> 5) + PAIR_CHARACTERS.charAt(remainder & 31);
    }

    private static int primeAfter(int prime) {
        var candidate = prime + 1;
        while (!isPrime(candidate)) {
            candidate++;
        }
        return candidate;
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
