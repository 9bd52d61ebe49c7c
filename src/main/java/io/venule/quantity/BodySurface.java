package io.venule.quantity;

import java.math.BigInteger;

/** A patient's body surface area (BSA), held as whole square centimetres (above 0, at most 5 m²). */
public record BodySurface(long squareCentimetres) implements Comparable<BodySurface> {
    static final long MAX_SQUARE_CENTIMETRES = 50_000L;

    public BodySurface {
        if (squareCentimetres <= 0 || squareCentimetres > MAX_SQUARE_CENTIMETRES) {
            throw new IllegalArgumentException("body surface out of range: " + squareCentimetres + " cm²");
        }
    }

    /**
     * Mosteller: square root of (height in cm × weight in kg ÷ 3600), in m². Rounded down to a whole cm², so that a dose per m²
     * is never judged smaller than it is. Source: Mosteller RD, N Engl J Med 1987;317:1098.
     */
    public static BodySurface mosteller(long heightMillimetres, Weight weight) {
        // m² = sqrt(mm/10 × g/1000 ÷ 3600); in cm²: sqrt(mm × g × 10^8 ÷ (10 × 1000 × 3600)).
        var product = BigInteger.valueOf(Math.multiplyExact(heightMillimetres, weight.grams()));
        return new BodySurface(product.multiply(BigInteger.valueOf(100_000_000L))
                .divide(BigInteger.valueOf(36_000_000L))
                .sqrt()
                .longValueExact());
    }

    public Decimal squareMetres() {
        return new Decimal(squareCentimetres, 4);
    }

    /** {@code "1.818 m²"}. */
    public String print() {
        return squareMetres().print() + " m²";
    }

    @Override
    public int compareTo(BodySurface other) {
        return Long.compare(squareCentimetres, other.squareCentimetres);
    }
}
