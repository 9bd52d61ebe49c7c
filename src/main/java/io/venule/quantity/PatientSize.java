package io.venule.quantity;

/** Turns a dose per kilogram or square metre into the dose of the whole patient. */
final class PatientSize {
    private PatientSize() {}

    /** The dose of the whole patient in scaled base counts (per the unit's time, if it has one). A basis of the wrong kind is a programming error. */
    static Ratio whole(Dose dose, DosingBasis basis) {
        var amount =
                new Ratio(new Amount(dose.value(), dose.unit().amount()).scaledBaseCount(), java.math.BigInteger.ONE);
        return amount.times(size(dose.unit(), basis));
    }

    private static Ratio size(DoseUnit unit, DosingBasis basis) {
        return switch (unit.per()) {
            case PATIENT -> Ratio.of(1, 1);
            case KILOGRAM ->
                switch (basis) {
                    case DosingBasis.ByWeight(var weight) -> Ratio.of(weight.grams(), 1_000);
                    case DosingBasis.BySurface _, DosingBasis.WholePatient _ -> throw missing(unit);
                };
            case SQUARE_METRE ->
                switch (basis) {
                    case DosingBasis.BySurface(var surface) -> Ratio.of(surface.squareCentimetres(), 10_000);
                    case DosingBasis.ByWeight _, DosingBasis.WholePatient _ -> throw missing(unit);
                };
        };
    }

    private static IllegalArgumentException missing(DoseUnit unit) {
        return new IllegalArgumentException("the basis does not carry what " + unit.word() + " counts by");
    }
}
