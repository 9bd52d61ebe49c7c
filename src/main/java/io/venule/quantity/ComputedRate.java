package io.venule.quantity;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * A flow rate as a formula gives it, before anything is rounded: an exact fraction of a microlitre per hour. It becomes a {@link FlowRate}
 * only by {@link #roundedDown}, since a derived rate must not give more than was ordered. Source: DOMAIN R1 to R7.
 */
public final class ComputedRate implements Comparable<ComputedRate> {
    private static final int SHOWN_DIGITS = 6;
    private static final BigInteger MILLISECONDS_PER_HOUR = BigInteger.valueOf(3_600_000L);

    private final Ratio microlitresPerHour;

    private ComputedRate(Ratio microlitresPerHour) {
        this.microlitresPerHour = microlitresPerHour;
    }

    /** R1 to R5: dose rate × size of patient × time ÷ concentration. The dose must be a rate per what the basis carries. */
    public static ComputedRate ofDose(Dose doseRate, Concentration concentration, DosingBasis basis) {
        if (!doseRate.unit().isRate()) {
            throw new IllegalArgumentException("a rate follows from a dose per time, not from " + doseRate.print());
        }
        if (doseRate.unit().amount().kind() != concentration.amount().unit().kind()) {
            throw new IllegalArgumentException(doseRate.print() + " is not counted in " + concentration.print());
        }
        var perHour = Ratio.of(3_600, doseRate.unit().time().seconds());
        return new ComputedRate(
                PatientSize.whole(doseRate, basis).times(perHour).times(concentration.microlitresPerBaseCount()));
    }

    /** R7: volume ÷ duration. */
    public static ComputedRate ofVolume(Volume volume, Duration over) {
        if (!over.isPositive()) {
            throw new IllegalArgumentException("a volume is given over a time above zero");
        }
        var microlitres = BigInteger.valueOf(volume.microlitres());
        return new ComputedRate(
                new Ratio(microlitres.multiply(MILLISECONDS_PER_HOUR), BigInteger.valueOf(over.toMillis())));
    }

    /** A rate that was ordered as such. */
    public static ComputedRate of(FlowRate rate) {
        return new ComputedRate(Ratio.of(rate.microlitresPerHour(), 1));
    }

    /** Rounded down to a whole microlitre per hour; empty where it is beyond every flow rate. */
    public Optional<FlowRate> roundedDown() {
        return compareTo(of(FlowRate.MAX)) > 0
                ? Optional.empty()
                : Optional.of(new FlowRate(microlitresPerHour.roundedDown().longValueExact()));
    }

    /** By how many per cent {@code set}, which is not above it, falls short of this rate; rounded up to a whole per cent. */
    public int shortfallPercent(FlowRate set) {
        if (compareTo(of(set)) <= 0) {
            return 0;
        }
        var kept = Ratio.of(set.microlitresPerHour(), 1)
                .times(Ratio.of(100, 1))
                .dividedBy(microlitresPerHour)
                .roundedDown();
        return 100 - kept.intValueExact();
    }

    /** In mL/h, rounded half up to six digits for the eye. */
    public Decimal shown() {
        return millilitresPerHour().shown(SHOWN_DIGITS);
    }

    /** {@code "= 13.125 mL/h"}, or {@code "≈ 16.6667 mL/h"} where the eye gets a rounded number. */
    public String equation() {
        return (millilitresPerHour().isExactly(shown()) ? "= " : "≈ ") + print();
    }

    /** {@code "13.125 mL/h"}, rounded as {@link #shown} says. */
    public String print() {
        return shown().print() + " mL/h";
    }

    private Ratio millilitresPerHour() {
        return microlitresPerHour.times(Ratio.of(1, 1_000));
    }

    @Override
    public int compareTo(ComputedRate other) {
        return microlitresPerHour.compareTo(other.microlitresPerHour);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ComputedRate rate && microlitresPerHour.equals(rate.microlitresPerHour);
    }

    @Override
    public int hashCode() {
        return microlitresPerHour.hashCode();
    }

    @Override
    public String toString() {
        return equation();
    }
}
