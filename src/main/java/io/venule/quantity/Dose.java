package io.venule.quantity;

import java.math.BigInteger;

/** A dose as it is ordered and limited: a canonical decimal in a {@link DoseUnit}, such as 5 mcg/kg/min or 1 g. */
public record Dose(Decimal value, DoseUnit unit) implements Comparable<Dose> {
    /** A dose from canonical text and a UCUM code, both known to be good. */
    public static Dose of(String value, String ucum) {
        return new Dose(
                Decimal.of(value),
                DoseUnit.ofUcum(ucum).orElseThrow(() -> new IllegalArgumentException("not a dose unit: " + ucum)));
    }

    /** {@code "5 mcg/kg/min"}. */
    public String print() {
        return value.print() + " " + unit.word();
    }

    /** Whether both count the same thing, per the same size of patient, both as rates or both in total. */
    public boolean comparesWith(Dose other) {
        return unit.amount().kind() == other.unit.amount().kind()
                && unit.per() == other.unit.per()
                && unit.isRate() == other.unit.isRate();
    }

    /** Compares exactly across units of one kind: 0.3 mg/h equals 5 mcg/min. Doses that do not compare are a programming error. */
    @Override
    public int compareTo(Dose other) {
        return compareTo(1, other);
    }

    /** Compares exactly with {@code times} as much as another. */
    public int compareTo(int times, Dose other) {
        if (!comparesWith(other)) {
            throw new IllegalArgumentException(unit.ucum() + " does not compare with " + other.unit.ucum());
        }
        return perSeconds(other).compareTo(other.perSeconds(this).multiply(BigInteger.valueOf(times)));
    }

    private BigInteger perSeconds(Dose other) {
        var count = new Amount(value, unit.amount()).scaledBaseCount();
        return unit.isRate()
                ? count.multiply(BigInteger.valueOf(other.unit.time().seconds()))
                : count;
    }
}
