package io.venule.simulator;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An exact fraction, never negative: the pump's own arithmetic, shared with nothing of the server so that one mistake cannot
 * hide on both sides. Always in lowest terms.
 */
record Fraction(BigInteger over, BigInteger under) implements Comparable<Fraction> {
    static final Fraction ZERO = of(0);
    private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,17})(?:\\.([0-9]{0,8}[1-9]))?");

    Fraction {
        if (over.signum() < 0 || under.signum() <= 0) {
            throw new IllegalArgumentException("not a fraction from zero up");
        }
        var common = over.gcd(under);
        over = over.divide(common);
        under = under.divide(common);
    }

    static Fraction of(long whole) {
        return new Fraction(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    static Fraction of(long over, long under) {
        return new Fraction(BigInteger.valueOf(over), BigInteger.valueOf(under));
    }

    /** Reads a canonical decimal; anything else, such as {@code 1.0} or {@code 01}, is empty. */
    static Optional<Fraction> parse(String text) {
        var match = DECIMAL.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var digits = match.group(2) == null ? "" : match.group(2);
        return Optional.of(new Fraction(new BigInteger(match.group(1) + digits), BigInteger.TEN.pow(digits.length())));
    }

    Fraction times(Fraction other) {
        return new Fraction(over.multiply(other.over), under.multiply(other.under));
    }

    Fraction dividedBy(Fraction other) {
        return new Fraction(over.multiply(other.under), under.multiply(other.over));
    }

    Fraction plus(Fraction other) {
        return new Fraction(over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
    }

    /** This times 1,000 as a whole number; empty where it is not whole or far too large. */
    Optional<Long> thousandths() {
        var result = over.multiply(BigInteger.valueOf(1_000)).divideAndRemainder(under);
        return result[1].signum() == 0 && result[0].bitLength() < 40
                ? Optional.of(result[0].longValueExact())
                : Optional.empty();
    }

    /** A whole number of thousandths as a canonical decimal. */
    static String decimalOfThousandths(long thousandths) {
        var whole = thousandths / 1_000;
        var rest = thousandths % 1_000;
        if (rest == 0) {
            return Long.toString(whole);
        }
        var digits = Long.toString(1_000 + rest).substring(1);
        while (digits.endsWith("0")) {
            digits = digits.substring(0, digits.length() - 1);
        }
        return whole + "." + digits;
    }

    @Override
    public int compareTo(Fraction other) {
        return over.multiply(other.under).compareTo(other.over.multiply(under));
    }
}
