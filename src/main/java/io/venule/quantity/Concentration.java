package io.venule.quantity;

/** Drug per volume as the bag says it, such as 400 mg in 250 mL. Kept as the exact pair; never divided. */
public record Concentration(Amount amount, Volume volume) implements Comparable<Concentration> {
    private static final int SHOWN_DIGITS = 6;
    private static final int EXACT_DIGITS = 18;

    public Concentration {
        if (amount.value().unscaled() == 0 || volume.microlitres() == 0) {
            throw new IllegalArgumentException("a concentration has drug and volume");
        }
    }

    /** Exact, for formulas that divide by the strength. */
    Ratio microlitresPerBaseCount() {
        return new Ratio(java.math.BigInteger.valueOf(volume.microlitres()), amount.scaledBaseCount());
    }

    /** How much of {@code unit} is in one millilitre: exactly where 18 digits can say it, else rounded half up to six for the eye. */
    public Decimal shownPerMillilitre(AmountUnit unit) {
        var exact = perMillilitre(unit);
        var shown = exact.shown(EXACT_DIGITS);
        return exact.isExactly(shown) ? shown : exact.shown(SHOWN_DIGITS);
    }

    /** {@code "1,600 mcg/mL"}, or {@code "≈ 333.333 mcg/mL"} where the eye gets a rounded number. */
    public String printPerMillilitre(AmountUnit unit) {
        var shown = shownPerMillilitre(unit);
        return (perMillilitre(unit).isExactly(shown) ? "" : "≈ ") + shown.print() + " " + unit.word() + "/mL";
    }

    private Ratio perMillilitre(AmountUnit unit) {
        if (unit.kind() != amount.unit().kind()) {
            throw new IllegalArgumentException(unit.word() + " is not counted in " + print());
        }
        var one = new Ratio(new Amount(Decimal.of(1), unit).scaledBaseCount(), java.math.BigInteger.ONE);
        return Ratio.of(1_000, 1).dividedBy(microlitresPerBaseCount()).dividedBy(one);
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
