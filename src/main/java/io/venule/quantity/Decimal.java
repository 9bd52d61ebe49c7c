package io.venule.quantity;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An exact, non-negative decimal number in canonical form: no exponent, no sign, no trailing zero after the point.
 * {@code unscaled × 10^-scale}; at most 18 digits, at most 9 of them after the point. Equal numbers are equal objects.
 * It has no unit and so appears in no domain signature alone; the quantities of this package hold it.
 */
public record Decimal(long unscaled, int scale) implements Comparable<Decimal> {
    public static final int MAX_SCALE = 9;
    public static final Decimal ZERO = new Decimal(0, 0);
    private static final long MAX_UNSCALED = 999_999_999_999_999_999L;
    private static final Pattern CANONICAL = Pattern.compile("(0|[1-9][0-9]{0,17})(\\.[0-9]{0,8}[1-9])?");

    public Decimal {
        if (unscaled < 0 || unscaled > MAX_UNSCALED || scale < 0 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("decimal out of range: " + unscaled + "e-" + scale);
        }
        while (scale > 0 && unscaled % 10 == 0) {
            unscaled /= 10;
            scale--;
        }
    }

    /** The whole number {@code value}. */
    public static Decimal of(long value) {
        return new Decimal(value, 0);
    }

    /** Parses canonical text such as {@code 0}, {@code 13.1} or {@code 0.0001}; anything else, also {@code 1.0}, is empty. */
    public static Optional<Decimal> parse(String text) {
        if (text.length() > 19 || !CANONICAL.matcher(text).matches()) {
            return Optional.empty();
        }
        var point = text.indexOf('.');
        if (point < 0) {
            return Optional.of(of(Long.parseLong(text)));
        }
        var digits = text.substring(0, point) + text.substring(point + 1);
        return digits.length() > 18
                ? Optional.empty()
                : Optional.of(new Decimal(Long.parseLong(digits), text.length() - point - 1));
    }

    /** Parses text of our own that is known to be canonical. */
    public static Decimal of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a canonical decimal: " + text));
    }

    /** This number times 10^{@code power}, exactly; refused when it would not be whole. */
    public long scaledBy(int power) {
        if (power < scale) {
            throw new ArithmeticException(this + " has more than " + power + " digits after the point");
        }
        return Math.multiplyExact(unscaled, powerOfTen(power - scale));
    }

    /** So many billionths; empty where that has more than 18 digits. */
    static Optional<Decimal> ofBillionths(BigInteger billionths) {
        return billionths.compareTo(BigInteger.valueOf(MAX_UNSCALED)) > 0
                ? Optional.empty()
                : Optional.of(new Decimal(billionths.longValueExact(), MAX_SCALE));
    }

    /** Whether {@link #scaledBy} can give a whole number. */
    public boolean fitsScale(int power) {
        return scale <= power;
    }

    BigInteger timesTenTo(int power) {
        return BigInteger.valueOf(unscaled).multiply(BigInteger.TEN.pow(power - scale));
    }

    static long powerOfTen(int power) {
        var result = 1L;
        for (int i = 0; i < power; i++) {
            result = Math.multiplyExact(result, 10L);
        }
        return result;
    }

    /** Canonical text for signed bytes and files: {@code 1200}, {@code 13.1}, {@code 0.0001}. */
    public String canonical() {
        if (scale == 0) {
            return Long.toString(unscaled);
        }
        var digits = Long.toString(unscaled);
        var padded = "0".repeat(Math.max(0, scale + 1 - digits.length())) + digits;
        var point = padded.length() - scale;
        return padded.substring(0, point) + "." + padded.substring(point);
    }

    /** Text for people as ISMP asks: leading zero, no trailing zero, commas in thousands: {@code 1,200}, {@code 0.05}. */
    public String print() {
        var text = canonical();
        var point = text.indexOf('.');
        var whole = point < 0 ? text : text.substring(0, point);
        var grouped = new StringBuilder(whole);
        for (int i = whole.length() - 3; i > 0; i -= 3) {
            grouped.insert(i, ',');
        }
        return point < 0 ? grouped.toString() : grouped + text.substring(point);
    }

    @Override
    public int compareTo(Decimal other) {
        return timesTenTo(MAX_SCALE).compareTo(other.timesTenTo(MAX_SCALE));
    }

    @Override
    public String toString() {
        return canonical();
    }
}
