package io.venule.quantity;

/** Volume per hour, held as whole microlitres per hour (0 to 9,999 mL/h) so that no rate is ever rounded silently. */
public record FlowRate(long microlitresPerHour) implements Comparable<FlowRate> {
    private static final long MAX_MICROLITRES_PER_HOUR = 9_999_000L;
    public static final FlowRate ZERO = new FlowRate(0);
    public static final FlowRate MAX = new FlowRate(MAX_MICROLITRES_PER_HOUR);

    public FlowRate {
        if (microlitresPerHour < 0 || microlitresPerHour > MAX_MICROLITRES_PER_HOUR) {
            throw new IllegalArgumentException("flow rate out of range: " + microlitresPerHour + " µL/h");
        }
    }

    /** A rate from millilitres per hour with at most three digits after the point, such as {@code "13.1"}. */
    public static FlowRate ofMillilitresPerHour(String millilitresPerHour) {
        return ofMillilitresPerHour(Decimal.of(millilitresPerHour));
    }

    public static FlowRate ofMillilitresPerHour(Decimal millilitresPerHour) {
        return new FlowRate(millilitresPerHour.scaledBy(3));
    }

    public Decimal millilitresPerHour() {
        return new Decimal(microlitresPerHour, 3);
    }

    /** {@code "13.1 mL/h"}. */
    public String print() {
        return millilitresPerHour().print() + " mL/h";
    }

    @Override
    public int compareTo(FlowRate other) {
        return Long.compare(microlitresPerHour, other.microlitresPerHour);
    }
}
