package io.venule.quantity;

/** Drug per volume as the bag says it, such as 400 mg in 250 mL. Kept as the exact pair; never divided. */
public record Concentration(Amount amount, Volume volume) implements Comparable<Concentration> {
    public Concentration {
        if (amount.value().unscaled() == 0 || volume.microlitres() == 0) {
            throw new IllegalArgumentException("a concentration has drug and volume");
        }
    }

    /** {@code "400 mg in 250 mL"}. */
    public String print() {
        return amount.print() + " in " + volume.print();
    }

    /** Compares strength: 4 mg in 250 mL equals 8 mg in 500 mL. Different kinds of amount are a programming error. */
    @Override
    public int compareTo(Concentration other) {
        if (amount.unit().kind() != other.amount.unit().kind()) {
            throw new IllegalArgumentException("concentrations of different kinds do not compare");
        }
        var left = amount.scaledBaseCount().multiply(java.math.BigInteger.valueOf(other.volume.microlitres()));
        var right = other.amount.scaledBaseCount().multiply(java.math.BigInteger.valueOf(volume.microlitres()));
        return left.compareTo(right);
    }

    public boolean sameStrengthAs(Concentration other) {
        return amount.unit().kind() == other.amount.unit().kind() && compareTo(other) == 0;
    }
}
