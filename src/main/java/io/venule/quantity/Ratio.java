package io.venule.quantity;

import java.math.BigInteger;

/** An exact, non-negative fraction. Formulas multiply into it; the one division is where it is rounded, and that is named. */
record Ratio(BigInteger numerator, BigInteger denominator) implements Comparable<Ratio> {
    private static final BigInteger MAX_DECIMAL = BigInteger.valueOf(999_999_999_999_999_999L);

    Ratio {
        if (numerator.signum() < 0 || denominator.signum() <= 0) {
            throw new IllegalArgumentException("not a non-negative fraction: " + numerator + "/" + denominator);
        }
        var common = numerator.gcd(denominator);
        numerator = numerator.divide(common);
        denominator = denominator.divide(common);
    }

    static Ratio of(long numerator, long denominator) {
        return new Ratio(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    static Ratio of(Decimal decimal) {
        return new Ratio(decimal.timesTenTo(Decimal.MAX_SCALE), BigInteger.TEN.pow(Decimal.MAX_SCALE));
    }

    Ratio times(Ratio other) {
        return new Ratio(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Ratio dividedBy(Ratio other) {
        return new Ratio(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    /** The whole part: rounding down. */
    BigInteger roundedDown() {
        return numerator.divide(denominator);
    }

    /** For the eye only: rounded half up to {@code digits} significant digits; a number that no decimal can hold shows as the largest. */
    Decimal shown(int digits) {
        var whole = roundedDown();
        var wanted = whole.signum() > 0 ? Math.max(0, digits - whole.toString().length()) : digits + leadingZeros();
        var scale = Math.min(Decimal.MAX_SCALE, wanted);
        var rounded = numerator
                .multiply(BigInteger.TEN.pow(scale))
                .shiftLeft(1)
                .add(denominator)
                .divide(denominator.shiftLeft(1));
        return new Decimal(rounded.min(MAX_DECIMAL).longValueExact(), scale);
    }

    /** Whether {@link #shown} with so many digits is the number itself. */
    boolean isExactly(Decimal decimal) {
        return equals(of(decimal));
    }

    /** How many zeros follow the point of a number below one. */
    private int leadingZeros() {
        var zeros = 0;
        var grown = numerator.multiply(BigInteger.TEN);
        while (zeros < Decimal.MAX_SCALE && grown.compareTo(denominator) < 0) {
            grown = grown.multiply(BigInteger.TEN);
            zeros++;
        }
        return zeros;
    }

    @Override
    public int compareTo(Ratio other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
