package io.venule.quantity;

/**
 * A dose as a formula gives it, before anything is rounded: an exact fraction of its unit. It is compared with limits as it is;
 * {@link #shown} is for the eye only. Source: DOMAIN R1 to R6, delivered doses.
 */
public final class ComputedDose {
    private static final int SHOWN_DIGITS = 4;

    private final Ratio value;
    private final DoseUnit unit;

    private ComputedDose(Ratio value, DoseUnit unit) {
        this.value = value;
        this.unit = unit;
    }

    /** What a flow of this concentration gives this patient, in {@code unit}, which must be a rate. */
    public static ComputedDose delivered(FlowRate flow, Concentration concentration, DosingBasis basis, DoseUnit unit) {
        if (!unit.isRate()) {
            throw new IllegalArgumentException("a flow gives a dose per time, not " + unit.word());
        }
        var perTime = Ratio.of(unit.time().seconds(), 3_600);
        return per(basis, unit, Ratio.of(flow.microlitresPerHour(), 1).times(perTime), concentration);
    }

    /** What a volume of this concentration holds for this patient, in {@code unit}, which must be a total. */
    public static ComputedDose contained(Volume volume, Concentration concentration, DosingBasis basis, DoseUnit unit) {
        if (unit.isRate()) {
            throw new IllegalArgumentException("a volume holds a total, not " + unit.word());
        }
        return per(basis, unit, Ratio.of(volume.microlitres(), 1), concentration);
    }

    public static ComputedDose of(Dose dose) {
        return new ComputedDose(Ratio.of(dose.value()), dose.unit());
    }

    private static ComputedDose per(DosingBasis basis, DoseUnit unit, Ratio microlitres, Concentration concentration) {
        var oneUnit = PatientSize.whole(new Dose(Decimal.of(1), unit), basis);
        if (unit.amount().kind() != concentration.amount().unit().kind()) {
            throw new IllegalArgumentException(unit.word() + " is not counted in " + concentration.print());
        }
        return new ComputedDose(
                microlitres.dividedBy(concentration.microlitresPerBaseCount()).dividedBy(oneUnit), unit);
    }

    public DoseUnit unit() {
        return unit;
    }

    /** Compares exactly with a dose in any unit that compares with this one. */
    public int compareTo(Dose limit) {
        return inBaseCounts().compareTo(of(limit).checkedAgainst(this).inBaseCounts());
    }

    /** For the eye only: rounded half up to four digits. */
    public Dose shown() {
        return new Dose(value.shown(SHOWN_DIGITS), unit);
    }

    private ComputedDose checkedAgainst(ComputedDose other) {
        var one = new Dose(Decimal.of(1), unit);
        var another = new Dose(Decimal.of(1), other.unit);
        if (!one.comparesWith(another)) {
            throw new IllegalArgumentException(unit.ucum() + " does not compare with " + other.unit.ucum());
        }
        return this;
    }

    /** Base counts per second for a rate, base counts for a total. */
    private Ratio inBaseCounts() {
        var perUnit = new Ratio(new Amount(Decimal.of(1), unit.amount()).scaledBaseCount(), java.math.BigInteger.ONE);
        var seconds = unit.isRate() ? unit.time().seconds() : 1;
        return value.times(perUnit).times(Ratio.of(1, seconds));
    }

    /** {@code "4.99 mcg/kg/min"}, rounded as {@link #shown} says. */
    @Override
    public String toString() {
        return shown().print();
    }
}
