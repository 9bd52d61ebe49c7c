package io.venule.dose;

/** One reason why a program is not inside the limits. */
public sealed interface Breach {
    /** A hard breach cannot be passed; a soft one can, with a reason. */
    boolean isHard();

    /** Stable name for records and problem documents, such as {@code dose-rate.hard-high}. */
    String code();

    /** One plain sentence with units, for the nurse: {@code "Rate 5,000 mL/h is above the hard limit of 999 mL/h."}. */
    String sentence();

    /** Whose limit it is. */
    enum Origin {
        ENTRY(""),
        CARE_AREA(" of this care area"),
        PUMP(" of this pump");

        private final String words;

        Origin(String words) {
            this.words = words;
        }
    }

    /**
     * A value lies beyond a limit.
     *
     * @param value what was ordered or follows from the order
     * @param bound the limit
     */
    record BeyondLimit(Judged judged, LimitName limit, Measure value, Measure bound, Origin origin) implements Breach {
        @Override
        public boolean isHard() {
            return limit.isHard();
        }

        @Override
        public String code() {
            return judged.code() + "." + limit.code();
        }

        @Override
        public String sentence() {
            return judged.words() + " " + value.print() + " is " + limit.words() + " of " + bound.print() + origin.words
                    + ".";
        }
    }

    /**
     * The pump's step is too coarse: what it can be set to falls short of what the order needs by more than 5 %. Soft.
     *
     * @param percentLess by how much, rounded up
     */
    record TooCoarse(Measure needed, Measure set, int percentLess) implements Breach {
        @Override
        public boolean isHard() {
            return false;
        }

        @Override
        public String code() {
            return "pump-step.soft";
        }

        @Override
        public String sentence() {
            return "This pump can be set to " + set.print() + ", not to the " + needed.print()
                    + " that the order needs: it would give " + percentLess + " % less.";
        }
    }

    /** Nothing can be judged, or it cannot be done at all. Always hard. */
    record Impossible(Why why, String sentence) implements Breach {
        @Override
        public boolean isHard() {
            return true;
        }

        @Override
        public String code() {
            return why.code;
        }
    }

    /** Why a program is impossible. */
    enum Why {
        WEIGHT_MISSING("weight.missing"),
        SURFACE_MISSING("surface.missing"),
        UNIT_DIFFERS("unit.differs"),
        DOSING_DIFFERS("dosing.differs"),
        STRENGTH_DIFFERS("strength.differs"),
        VOLUME_DIFFERS("volume.differs"),
        BOLUS_NOT_ALLOWED("bolus.not-allowed"),
        RATE_NOT_SETTABLE("rate.not-settable"),
        LIBRARY_CHANGED("library.changed");

        private final String code;

        Why(String code) {
            this.code = code;
        }
    }
}
