package io.venule.quantity;

/** A patient's body weight, held as whole grams (above 0, at most 999 kg). */
public record Weight(long grams) implements Comparable<Weight> {
    private static final long MAX_GRAMS = 999_000L;

    public Weight {
        if (grams <= 0 || grams > MAX_GRAMS) {
            throw new IllegalArgumentException("weight out of range: " + grams + " g");
        }
    }

    /** A weight from kilograms with at most three digits after the point, such as {@code "0.8"}. */
    public static Weight ofKilograms(String kilograms) {
        return new Weight(Decimal.of(kilograms).scaledBy(3));
    }

    public Decimal kilograms() {
        return new Decimal(grams, 3);
    }

    /** {@code "70 kg"}. */
    public String print() {
        return kilograms().print() + " kg";
    }

    @Override
    public int compareTo(Weight other) {
        return Long.compare(grams, other.grams);
    }
}
