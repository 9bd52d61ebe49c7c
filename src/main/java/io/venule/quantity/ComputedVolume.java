package io.venule.quantity;

import java.util.Optional;

/** A volume as a formula gives it, before anything is rounded: an exact fraction of a microlitre. Source: DOMAIN R5 to R7. */
public final class ComputedVolume {
    private static final int SHOWN_DIGITS = 6;

    private final Ratio microlitres;

    private ComputedVolume(Ratio microlitres) {
        this.microlitres = microlitres;
    }

    /** The volume that holds a total dose: dose × size of patient ÷ concentration. */
    public static ComputedVolume holding(Dose total, Concentration concentration, DosingBasis basis) {
        if (total.unit().isRate()) {
            throw new IllegalArgumentException("a volume holds a total, not " + total.print());
        }
        if (total.unit().amount().kind() != concentration.amount().unit().kind()) {
            throw new IllegalArgumentException(total.print() + " is not counted in " + concentration.print());
        }
        return new ComputedVolume(PatientSize.whole(total, basis).times(concentration.microlitresPerBaseCount()));
    }

    /** Rounded down to a whole microlitre; empty where it is beyond every volume. */
    public Optional<Volume> roundedDown() {
        return compareTo(Volume.MAX) > 0
                ? Optional.empty()
                : Optional.of(new Volume(microlitres.roundedDown().longValueExact()));
    }

    /** Compares exactly. */
    public int compareTo(Volume other) {
        return microlitres.compareTo(Ratio.of(other.microlitres(), 1));
    }

    /** {@code "136.364 mL"}, rounded half up to six digits for the eye. */
    public String print() {
        return microlitres.times(Ratio.of(1, 1_000)).shown(SHOWN_DIGITS).print() + " mL";
    }

    @Override
    public String toString() {
        return print();
    }
}
