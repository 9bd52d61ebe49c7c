package io.venule.quantity;

import java.math.BigInteger;
import java.util.Optional;

/**
 * What the server may derive where the order leaves it out, and nothing else. Each is exact or empty: a quotient that no decimal of nine
 * digits after the point holds is not rounded into an order. Source: DOMAIN R9.
 */
public final class Derived {
    private Derived() {}

    /** Dose per kilogram from the dose of the whole patient. */
    public static Optional<Dose> perKilogram(Dose whole, Weight weight) {
        return quotient(whole, DoseUnit.Per.KILOGRAM, Ratio.of(weight.grams(), 1_000));
    }

    /** The dose of the whole patient from the dose per kilogram. */
    public static Optional<Dose> wholeFrom(Dose perKilogram, Weight weight) {
        if (perKilogram.unit().per() != DoseUnit.Per.KILOGRAM) {
            throw new IllegalArgumentException(perKilogram.print() + " is not per kilogram");
        }
        var unit = new DoseUnit(
                perKilogram.unit().amount(),
                DoseUnit.Per.PATIENT,
                perKilogram.unit().time());
        return exactly(Ratio.of(perKilogram.value()).times(Ratio.of(weight.grams(), 1_000)), unit);
    }

    /** Body surface from the total dose and the dose per square metre, rounded down to a whole cm² as in {@link BodySurface}. */
    public static Optional<BodySurface> surface(Dose total, Dose perSquareMetre) {
        if (total.unit().per() != DoseUnit.Per.PATIENT
                || perSquareMetre.unit().per() != DoseUnit.Per.SQUARE_METRE
                || total.unit().isRate()
                || perSquareMetre.unit().isRate()
                || total.unit().amount().kind()
                        != perSquareMetre.unit().amount().kind()) {
            throw new IllegalArgumentException(total.print() + " and " + perSquareMetre.print() + " give no surface");
        }
        if (perSquareMetre.value().equals(Decimal.ZERO)) {
            return Optional.empty();
        }
        var squareCentimetres = counts(total)
                .dividedBy(counts(perSquareMetre))
                .times(Ratio.of(10_000, 1))
                .roundedDown();
        return squareCentimetres.signum() > 0
                        && squareCentimetres.compareTo(BigInteger.valueOf(BodySurface.MAX_SQUARE_CENTIMETRES)) <= 0
                ? Optional.of(new BodySurface(squareCentimetres.longValueExact()))
                : Optional.empty();
    }

    private static Ratio counts(Dose dose) {
        return new Ratio(new Amount(dose.value(), dose.unit().amount()).scaledBaseCount(), BigInteger.ONE);
    }

    private static Optional<Dose> quotient(Dose whole, DoseUnit.Per per, Ratio size) {
        if (whole.unit().per() != DoseUnit.Per.PATIENT) {
            throw new IllegalArgumentException(whole.print() + " is not the dose of the whole patient");
        }
        var unit = new DoseUnit(whole.unit().amount(), per, whole.unit().time());
        return exactly(Ratio.of(whole.value()).dividedBy(size), unit);
    }

    private static Optional<Dose> exactly(Ratio value, DoseUnit unit) {
        var scaled = value.times(new Ratio(BigInteger.TEN.pow(Decimal.MAX_SCALE), BigInteger.ONE));
        return scaled.denominator().equals(BigInteger.ONE)
                ? Decimal.ofBillionths(scaled.numerator()).map(decimal -> new Dose(decimal, unit))
                : Optional.empty();
    }
}
