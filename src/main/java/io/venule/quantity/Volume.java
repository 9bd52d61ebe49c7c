package io.venule.quantity;

/** A volume of fluid, held as whole microlitres (0 to 99,999 mL). */
public record Volume(long microlitres) implements Comparable<Volume> {
    private static final long MAX_MICROLITRES = 99_999_000L;
    public static final Volume ZERO = new Volume(0);
    public static final Volume MAX = new Volume(MAX_MICROLITRES);

    public Volume {
        if (microlitres < 0 || microlitres > MAX_MICROLITRES) {
            throw new IllegalArgumentException("volume out of range: " + microlitres + " µL");
        }
    }

    /** A volume from millilitres with at most three digits after the point, such as {@code "0.05"}. */
    public static Volume ofMillilitres(String millilitres) {
        return ofMillilitres(Decimal.of(millilitres));
    }

    public static Volume ofMillilitres(Decimal millilitres) {
        return new Volume(millilitres.scaledBy(3));
    }

    public Decimal millilitres() {
        return new Decimal(microlitres, 3);
    }

    /** {@code "1,000 mL"}. */
    public String print() {
        return millilitres().print() + " mL";
    }

    @Override
    public int compareTo(Volume other) {
        return Long.compare(microlitres, other.microlitres);
    }
}
