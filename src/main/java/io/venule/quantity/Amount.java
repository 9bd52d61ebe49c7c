package io.venule.quantity;

/** How much drug: a canonical decimal and the unit it was written in, such as 400 mg. Exact; compares across units of one kind. */
public record Amount(Decimal value, AmountUnit unit) implements Comparable<Amount> {
    public static Amount of(String value, AmountUnit unit) {
        return new Amount(Decimal.of(value), unit);
    }

    /** Base counts times 10^9, so that any decimal in any unit is whole. */
    java.math.BigInteger scaledBaseCount() {
        return value.timesTenTo(Decimal.MAX_SCALE).multiply(java.math.BigInteger.TEN.pow(unit.powerOfTen()));
    }

    /** {@code "400 mg"}. */
    public String print() {
        return value.print() + " " + unit.word();
    }

    /** Compares what is there, not how it is written: 1 g equals 1,000 mg. Different kinds are a programming error. */
    @Override
    public int compareTo(Amount other) {
        if (unit.kind() != other.unit.kind()) {
            throw new IllegalArgumentException(unit.ucum() + " does not compare with " + other.unit.ucum());
        }
        return scaledBaseCount().compareTo(other.scaledBaseCount());
    }
}
