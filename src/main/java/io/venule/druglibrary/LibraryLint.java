package io.venule.druglibrary;

import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for limits that are in order and yet protect nobody. A finding refuses nothing; it is for the pharmacist.
 * Source: docs/drug-library.md, "Lint"; DOMAIN, "Lint example from real data" and "Tenfold test".
 */
public final class LibraryLint {
    private static final int TENFOLD = 10;
    private static final int VERY_WIDE = 1_000;

    private LibraryLint() {}

    /** What is found. */
    public enum Kind {
        /** A high-alert drug without a hard upper limit. */
        NO_HARD_HIGH,
        /** Ten times the starting dose, or the soft upper limit where no start is known, meets no hard limit. High-alert drugs only. */
        TENFOLD_NOT_STOPPED,
        /** The soft upper limit never speaks, because the hard one is the same. */
        SOFT_EQUALS_HARD,
        /** The soft range spans a factor of 1,000 or more. */
        VERY_WIDE
    }

    /**
     * One finding.
     *
     * @param entry the entry's id
     * @param sentence what is found, in plain words with units
     */
    public record Finding(Kind kind, String entry, String sentence) {}

    /** Limits of any kind with what is needed to judge them. */
    private record Judged<Q>(LibraryEntry entry, Limits<Q> limits, Optional<Q> usual, Arithmetic<Q> arithmetic) {}

    private interface Arithmetic<Q> {
        /** Compares {@code value} with so many times {@code other}. */
        int compare(Q value, int times, Q other);

        String print(Q value);
    }

    private static final Arithmetic<Dose> DOSES = new Arithmetic<>() {
        @Override
        public int compare(Dose value, int times, Dose other) {
            return value.compareTo(times, other);
        }

        @Override
        public String print(Dose value) {
            return value.print();
        }
    };

    private static final Arithmetic<FlowRate> RATES = new Arithmetic<>() {
        @Override
        public int compare(FlowRate value, int times, FlowRate other) {
            return Long.compare(value.microlitresPerHour(), Math.multiplyExact(other.microlitresPerHour(), times));
        }

        @Override
        public String print(FlowRate value) {
            return value.print();
        }
    };

    /** Every finding, in the order of the entries. */
    public static List<Finding> of(DrugLibrary library) {
        var findings = new ArrayList<Finding>();
        for (var entry : library.entries()) {
            switch (entry.dosing()) {
                case Dosing.ContinuousDose continuous -> doses(entry, continuous.limits(), findings);
                case Dosing.IntermittentDose intermittent -> doses(entry, intermittent.limits(), findings);
                case Dosing.FluidRate() -> judge(new Judged<>(entry, entry.rate(), Optional.empty(), RATES), findings);
            }
        }
        return List.copyOf(findings);
    }

    private static void doses(LibraryEntry entry, Limits<Dose> limits, List<Finding> findings) {
        judge(new Judged<>(entry, limits, entry.start().asOptional(), DOSES), findings);
    }

    private static <Q> void judge(Judged<Q> judged, List<Finding> findings) {
        var limits = judged.limits();
        var softHigh = limits.softHigh().asOptional();
        var hardHigh = limits.hardHigh().asOptional();
        if (judged.entry().drug().isHighAlert()) {
            if (hardHigh.isEmpty()) {
                add(judged, Kind.NO_HARD_HIGH, "a high-alert drug without a hard upper limit", findings);
            }
            tenfold(judged, judged.usual().or(() -> softHigh), hardHigh, findings);
        }
        if (softHigh.isPresent() && softHigh.equals(hardHigh)) {
            var same = judged.arithmetic().print(softHigh.get());
            add(judged, Kind.SOFT_EQUALS_HARD, "soft and hard upper limit are both " + same, findings);
        }
        limits.softLow().asOptional().ifPresent(low -> softHigh.ifPresent(high -> wide(judged, low, high, findings)));
    }

    private static <Q> void tenfold(Judged<Q> judged, Optional<Q> usual, Optional<Q> hardHigh, List<Finding> findings) {
        // Equal to the hard limit is inside, so exactly tenfold is not stopped.
        var stopped = hardHigh.isPresent()
                && (usual.isEmpty() || judged.arithmetic().compare(hardHigh.get(), TENFOLD, usual.get()) < 0);
        if (!stopped) {
            var ten = usual.map(judged.arithmetic()::print).map(dose -> "ten times " + dose);
            add(judged, Kind.TENFOLD_NOT_STOPPED, ten.orElse("ten times any dose") + " meets no hard limit", findings);
        }
    }

    private static <Q> void wide(Judged<Q> judged, Q low, Q high, List<Finding> findings) {
        if (judged.arithmetic().compare(high, VERY_WIDE, low) >= 0) {
            var range = judged.arithmetic().print(low) + " to "
                    + judged.arithmetic().print(high);
            add(judged, Kind.VERY_WIDE, "the soft range " + range + " is very wide", findings);
        }
    }

    private static <Q> void add(Judged<Q> judged, Kind kind, String what, List<Finding> findings) {
        findings.add(
                new Finding(kind, judged.entry().id(), judged.entry().drug().tallMan() + ": " + what + "."));
    }
}
